package io.wormhole.settlement.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.store.VoteRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChainTest {
    private static final long NOW = Long.MAX_VALUE / 4;

    private Forge forge;
    private Path folder;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        forge = new Forge(folder);
    }

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void aNewChainStandsAtGenesis() {
        assertThat(forge.chain().head().index().height()).isZero();
        assertThat(forge.chain().finalBlock()).isEqualTo(forge.chain().head());
    }

    @Test
    void theHeavierForkWinsAndTheOtherIsUndone() {
        StoredBlock genesis = forge.chain().head();
        StoredBlock a1 = forge.extend(genesis, 1);
        StoredBlock a2 = forge.extend(a1, 1);
        StoredBlock b1 = forge.extend(genesis, 2);
        StoredBlock b2 = forge.extend(b1, 2);

        ImportResult result = forge.chain().importBlock(forge.block(b2, 2), NOW);

        HeadChange change = ((ImportResult.Imported) result).change().orElseThrow();
        boolean hasMovedBefore = change.undone().isEmpty();
        assertThat(forge.chain().head().index().height()).isEqualTo(3);
        assertThat(forge.store().canonical(1)).contains(b1.index().hash());
        assertThat(forge.store().canonical(2)).contains(b2.index().hash());
        if (!hasMovedBefore) {
            // Of two forks with equal work the smaller hash had won; here that was the first one.
            assertThat(change.undone()).containsExactly(a2, a1);
            assertThat(change.applied()).hasSize(3).startsWith(b1, b2);
        }
    }

    @Test
    void blocksBecomeFinalByTheVotesOfTwoEpochs() {
        StoredBlock tip = forge.extend(forge.chain().head(), 1, 12, Alice.KEYS, Bob.KEYS);

        assertThat(tip.index().justified().epoch()).isEqualTo(2);
        assertThat(forge.chain().finalBlock().index().height()).isEqualTo(4);
    }

    @Test
    void halfOfTheStakeFinalisesNothing() {
        forge.extend(forge.chain().head(), 1, 12, Alice.KEYS);

        assertThat(forge.chain().finalBlock().index().height()).isZero();
    }

    @Test
    void aHeavierForkBelowTheFinalBlockIsNotFollowed() {
        StoredBlock genesis = forge.chain().head();
        StoredBlock tip = forge.extend(genesis, 1, 12, Alice.KEYS, Bob.KEYS);

        forge.extend(genesis, 2, 16);

        assertThat(forge.chain().head()).isEqualTo(tip);
        assertThat(forge.chain().alarm()).isEmpty();
    }

    @Test
    void twoFinalCheckpointsThatConflictStopSettlement() {
        StoredBlock genesis = forge.chain().head();
        StoredBlock tip = forge.extend(genesis, 1, 12, Alice.KEYS, Bob.KEYS);

        StoredBlock other = forge.extend(genesis, 2, 9, Alice.KEYS, Bob.KEYS);

        assertThat(forge.chain().alarm()).isPresent();
        assertThat(forge.chain().head()).isEqualTo(tip);
        assertThat(forge.chain().importBlock(forge.block(other, 2), NOW))
                .isInstanceOf(ImportResult.Unwanted.class);
    }

    @Test
    void aHigherJustifiedEpochBeatsMoreWork() {
        StoredBlock genesis = forge.chain().head();
        forge.extend(genesis, 1, 9);

        StoredBlock voted = forge.extend(genesis, 2, 6, Alice.KEYS, Bob.KEYS);

        assertThat(forge.chain().head()).isEqualTo(voted);
    }

    @Test
    void aBlockThatBreaksARuleIsRefusedAndNothingChanges() {
        StoredBlock genesis = forge.chain().head();
        Block good = forge.block(genesis, 1, forge.pay(Alice.KEYS, Bob.ADDRESS, 1));
        Block emptied = new Block(good.header(), List.of(), good.witness());

        ImportResult result = forge.chain().importBlock(emptied, NOW);

        assertThat(result).isInstanceOf(ImportResult.Invalid.class);
        assertThat(forge.chain().head()).isEqualTo(genesis);
        assertThat(forge.store().block(emptied.hash())).isEmpty();
    }

    @Test
    void aBlockFromTheFutureIsNotForNow() {
        Block block = forge.block(forge.chain().head(), 1);

        assertThat(forge.chain().importBlock(block, block.header().timeMillis() - 9 * 60 * 1000))
                .isInstanceOf(ImportResult.Unwanted.class);
        assertThat(
                        forge.chain()
                                .importBlock(
                                        block, block.header().timeMillis() - 9 * 60 * 1000 + 1))
                .isInstanceOf(ImportResult.Imported.class);
    }

    @Test
    void aBlockWithoutItsParentIsAnOrphan() {
        Block first = forge.block(forge.chain().head(), 1);
        forge.chain().importBlock(first, NOW);
        Block second = forge.block(forge.chain().head(), 1);

        try (Forge elsewhere = new Forge(folder.resolve("elsewhere"))) {
            assertThat(elsewhere.chain().importBlock(second, NOW))
                    .isEqualTo(new ImportResult.Orphan(second.hash(), first.hash()));
        }
    }

    @Test
    void aChainReopensWhereItStood() {
        StoredBlock tip = forge.extend(forge.chain().head(), 1, 11, Alice.KEYS, Bob.KEYS);
        forge.close();

        forge = new Forge(folder);

        assertThat(forge.chain().head()).isEqualTo(tip);
        assertThat(forge.chain().finalBlock().index().height()).isEqualTo(4);
        forge.extend(tip, 1, 6, Alice.KEYS, Bob.KEYS);
        assertThat(forge.chain().finalBlock().index().height()).isEqualTo(12);
    }

    @Test
    void whatTheDatabaseLostComesBackFromTheFilesBesideIt() throws IOException {
        StoredBlock tip = forge.extend(forge.chain().head(), 1, 11, Alice.KEYS, Bob.KEYS);
        VoteRecord vote = new VoteRecord(Alice.ADDRESS, 1, 2, Bytes.of((byte) 7));
        forge.store().recordVote(vote);
        forge.close();
        Files.delete(folder.resolve("chain.mv.db"));

        forge = new Forge(folder);

        assertThat(forge.chain().head()).isEqualTo(tip);
        assertThat(forge.chain().finalBlock().index().height()).isEqualTo(4);
        assertThat(forge.store().lastVote(Alice.ADDRESS)).contains(vote);
    }

    @Test
    void whatWasStoredBySeveralProcessesComesBackInOrder() throws IOException {
        StoredBlock tip = forge.chain().head();
        for (int run = 1; run <= 3; run++) {
            tip = forge.extend(tip, 1, run * 4, Alice.KEYS, Bob.KEYS);
            forge.close();
            forge = new Forge(folder);
        }
        forge.close();
        Files.delete(folder.resolve("chain.mv.db"));

        forge = new Forge(folder);

        assertThat(forge.chain().head()).isEqualTo(tip);
    }

    @Test
    void aRecordThatWasCutOffIsDroppedAndThoseBeforeItStay() throws IOException {
        StoredBlock tip = forge.extend(forge.chain().head(), 1, 5);
        forge.extend(tip, 1);
        forge.close();
        Files.delete(folder.resolve("chain.mv.db"));
        Path tail = folder.resolve("chain.tail0");
        byte[] content = Files.readAllBytes(tail);
        Files.write(tail, Arrays.copyOf(content, content.length - 3));

        forge = new Forge(folder);

        assertThat(forge.chain().head()).isEqualTo(tip);
    }

    @Test
    void aFollowerSeesEachBlockOnceAndTakesBackWhatAReorganisationUndid() {
        StoredBlock genesis = forge.chain().head();
        SignedTransaction paid = forge.pay(Mallory.KEYS, Bob.ADDRESS, 1);
        StoredBlock a1 = forge.extend(genesis, 1, paid);
        StoredBlock a2 = forge.extend(a1, 1);
        List<LedgerEvent> seen = new ArrayList<>();
        Walk walk = new Walk(seen);
        walk.on();
        StoredBlock b = genesis;
        for (int i = 0; i < 3; i++) {
            b = forge.extend(b, 2);
        }
        walk.on();
        forge.extend(b, 2, 9, Alice.KEYS, Bob.KEYS);
        walk.on();

        assertThat(seen.get(0)).isInstanceOf(LedgerEvent.BlockApplied.class);
        assertThat(seen)
                .contains(
                        new LedgerEvent.BlockUndone(new BlockHeight(2), a2.index().hash()),
                        new LedgerEvent.BlockUndone(new BlockHeight(1), a1.index().hash()));
        assertThat(heightsAfterReplay(seen)).isEqualTo(12);
        assertThat(seen.get(seen.size() - 1).height().value()).isEqualTo(12);
        assertThat(seen.stream().filter(LedgerEvent.Finalised.class::isInstance).count())
                .isEqualTo(1);
    }

    /** Replays events as a follower would; fails where they do not fit together. */
    private static long heightsAfterReplay(List<LedgerEvent> events) {
        List<Hash> stack = new ArrayList<>();
        for (LedgerEvent event : events) {
            if (event instanceof LedgerEvent.BlockApplied applied) {
                assertThat(applied.height().value()).isEqualTo(stack.size() + 1);
                stack.add(applied.block());
            } else if (event instanceof LedgerEvent.BlockUndone undone) {
                assertThat(undone.block()).isEqualTo(stack.remove(stack.size() - 1));
            } else {
                assertThat(stack.get((int) event.height().value() - 1))
                        .isEqualTo(((LedgerEvent.Finalised) event).block());
            }
        }
        return stack.size();
    }

    private final class Walk {
        private final List<LedgerEvent> seen;
        private ChainEvents.Position at;

        Walk(List<LedgerEvent> seen) {
            this.seen = seen;
            this.at =
                    new ChainEvents(forge.store())
                            .startingAfter(BlockHeight.ZERO, forge.chain().finalBlock().index())
                            .orElseThrow();
        }

        void on() {
            ChainEvents events = new ChainEvents(forge.store());
            Optional<ChainEvents.Step> step = next(events);
            while (step.isPresent()) {
                seen.add(step.get().event());
                at = step.get().after();
                step = next(events);
            }
        }

        private Optional<ChainEvents.Step> next(ChainEvents events) {
            return events.next(
                    at, forge.chain().head().index(), forge.chain().finalBlock().index());
        }
    }
}
