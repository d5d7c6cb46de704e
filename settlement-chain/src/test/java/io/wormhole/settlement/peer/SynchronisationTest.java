package io.wormhole.settlement.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.relay.CompactBlock;
import io.wormhole.settlement.relay.Rebuilt;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynchronisationTest {
    private static final long NOW = Long.MAX_VALUE / 4;
    private static final long TIMEOUT = 1_000;

    private Forge forge;
    private Synchronisation<String> sync;
    private Block next;

    @BeforeEach
    void begin(@TempDir Path folder) {
        forge = new Forge(folder);
        StoredBlock genesis = forge.chain().head();
        next = forge.block(genesis, 1, forge.pay(Alice.KEYS, Bob.ADDRESS, 1));
        sync =
                new Synchronisation<>(
                        new ChainReads(
                                new StoreReads(
                                        forge.store(), () -> ChainActor.firstView(forge.chain()))),
                        new HeaderVerifier(Forge.GENESIS),
                        TIMEOUT);
        sync.greeted("carol", genesis.index().hash(), 0, NOW);
        sync.greeted("dave", genesis.index().hash(), 0, NOW);
    }

    @AfterEach
    void close() {
        forge.close();
    }

    private List<SyncStep<String>> carolHasIt() {
        return sync.headAnnounced("carol", next.header(), NOW);
    }

    private CompactBlock compact() {
        return CompactBlock.of(next, 1);
    }

    @Test
    void aNewBlockIsAskedForInItsShortFormOfWhoToldOfIt() {
        assertThat(carolHasIt()).containsExactly(new SyncStep.AskCompact<>("carol", next.hash()));
        assertThat(sync.headAnnounced("dave", next.header(), NOW)).isEmpty();
    }

    @Test
    void aRebuiltBlockIsImported() {
        carolHasIt();

        assertThat(sync.compact("carol", compact(), NOW))
                .containsExactly(new SyncStep.Rebuild<>(compact(), List.of()));
        assertThat(sync.rebuilt(new Rebuilt.Whole(next), NOW))
                .containsExactly(new SyncStep.Import<>(next.bare()));
    }

    private List<SyncStep<String>> carolPushesIt(List<SignedTransaction> added) {
        return sync.headAnnounced(
                "carol", next.header(), Optional.of(new SyncStep.Pushed(compact(), added)), NOW);
    }

    @Test
    void aShortFormThatComesWithTheHeadIsNotAskedFor() {
        List<SignedTransaction> added = next.transactions();

        assertThat(carolPushesIt(added)).containsExactly(new SyncStep.Rebuild<>(compact(), added));
        assertThat(carolPushesIt(added)).as("once is enough").isEmpty();
        assertThat(sync.rebuilt(new Rebuilt.Whole(next), NOW))
                .containsExactly(new SyncStep.Import<>(next.bare()));
    }

    @Test
    void whatAPushedShortFormLacksIsAskedOfWhoPushedIt() {
        carolPushesIt(List.of());

        assertThat(sync.rebuilt(new Rebuilt.Lacks(next.hash(), List.of(0)), NOW))
                .containsExactly(new SyncStep.AskParts<>("carol", next.hash(), List.of(0)));
        assertThat(sync.tick(NOW + TIMEOUT)).contains(new SyncStep.Late<>("carol"));
    }

    @Test
    void aPushedShortFormWithMoreTransactionsThanTheBlockIsNotLookedAt() {
        List<SignedTransaction> added =
                List.of(
                        forge.pay(Bob.KEYS, Alice.ADDRESS, 1),
                        forge.pay(Bob.KEYS, Alice.ADDRESS, 2));

        assertThat(carolPushesIt(added))
                .containsExactly(new SyncStep.AskCompact<>("carol", next.hash()));
    }

    @Test
    void whatIsMissingIsAskedForOnceAndThenTheWholeBlock() {
        carolHasIt();
        sync.compact("carol", compact(), NOW);
        Rebuilt lacks = new Rebuilt.Lacks(next.hash(), List.of(0));

        assertThat(sync.rebuilt(lacks, NOW))
                .containsExactly(new SyncStep.AskParts<>("carol", next.hash(), List.of(0)));
        assertThat(sync.parts("carol", next.hash(), List.of(), NOW))
                .containsExactly(new SyncStep.Rebuild<>(compact(), List.of()));
        assertThat(sync.parts("carol", next.hash(), List.of(), NOW))
                .as("the same parts again make no work")
                .isEmpty();
        assertThat(sync.rebuilt(lacks, NOW))
                .containsExactly(new SyncStep.AskBlocks<>("carol", List.of(next.hash())));
    }

    @Test
    void aShortFormThatDoesNotFitIsReplacedByTheWholeBlock() {
        carolHasIt();
        sync.compact("carol", compact(), NOW);

        List<SyncStep<String>> steps =
                sync.rebuilt(new Rebuilt.Unfit(next.hash(), "a collision"), NOW);

        assertThat(steps).containsExactly(new SyncStep.AskBlocks<>("carol", List.of(next.hash())));
    }

    @Test
    void tooManyMissingTransactionsAreNotAskedForOneByOne() {
        carolHasIt();
        sync.compact("carol", compact(), NOW);
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place <= Wire.MAXIMUM_IDS; place++) {
            places.add(place);
        }

        assertThat(sync.rebuilt(new Rebuilt.Lacks(next.hash(), places), NOW))
                .containsExactly(new SyncStep.AskBlocks<>("carol", List.of(next.hash())));
    }

    @Test
    void nobodyElseAndNoSecondShortFormIsListenedTo() {
        carolHasIt();

        assertThat(sync.compact("dave", compact(), NOW)).isEmpty();
        assertThat(sync.compact("carol", compact(), NOW)).hasSize(1);
        assertThat(sync.compact("carol", compact(), NOW)).isEmpty();
        assertThat(sync.parts("carol", next.hash(), List.of(), NOW)).isEmpty();
    }

    @Test
    void moreTransactionsThanTheBlockHasArePunished() {
        carolHasIt();
        sync.compact("carol", compact(), NOW);
        sync.rebuilt(new Rebuilt.Lacks(next.hash(), List.of(0)), NOW);

        List<SyncStep<String>> steps =
                sync.parts(
                        "carol",
                        next.hash(),
                        List.of(
                                forge.pay(Bob.KEYS, Alice.ADDRESS, 1),
                                forge.pay(Bob.KEYS, Alice.ADDRESS, 2)),
                        NOW);

        assertThat(steps).hasSize(1).first().isInstanceOf(SyncStep.Punish.class);
    }

    @Test
    void whenThePeerIsSilentAnotherIsAsked() {
        carolHasIt();
        sync.headAnnounced("dave", next.header(), NOW);

        List<SyncStep<String>> steps = sync.tick(NOW + TIMEOUT);

        assertThat(steps)
                .containsExactly(
                        new SyncStep.Late<>("carol"),
                        new SyncStep.AskCompact<>("dave", next.hash()));
    }

    @Test
    void aHeaderWithoutWorkIsPunishedAndNothingIsAskedOfItsSenderAnyMore() {
        BlockHeader lazy = next.header().withWork(1, next.header().cycle());

        List<SyncStep<String>> steps = sync.headAnnounced("carol", lazy, NOW);

        assertThat(steps).hasSize(1).first().isInstanceOf(SyncStep.Punish.class);
        assertThat(carolHasIt()).isEmpty();
    }

    @Test
    void aHeaderWithoutParentLeadsToAQuestionForWhatIsBetween() {
        StoredBlock first = forge.extend(forge.chain().head(), 2, 1);
        Block later = forge.block(first, 2);
        Hash genesis = first.header().previous();
        Synchronisation<String> behind = behind(genesis);

        List<SyncStep<String>> steps = behind.headAnnounced("carol", later.header(), NOW);

        assertThat(steps).containsExactly(new SyncStep.AskHeaders<>("carol", List.of(genesis)));
        assertThat(behind.headers("carol", List.of(first.header(), later.header()), NOW))
                .hasSize(2);
    }

    /** A node that has genesis only. */
    private Synchronisation<String> behind(Hash genesis) {
        BlockHeader header = forge.chain().block(genesis).orElseThrow().header();
        StoredChain stored =
                new StoredChain() {
                    @Override
                    public long headHeight() {
                        return 0;
                    }

                    @Override
                    public Optional<BlockHeader> header(Hash block) {
                        return Optional.of(header).filter(ours -> block.equals(genesis));
                    }

                    @Override
                    public List<Hash> followed(long fromHeight, int most) {
                        return fromHeight == 0 ? List.of(genesis) : List.of();
                    }
                };
        Synchronisation<String> fresh =
                new Synchronisation<>(
                        new ChainReads(stored), new HeaderVerifier(Forge.GENESIS), TIMEOUT);
        fresh.greeted("carol", genesis, 0, NOW);
        return fresh;
    }
}
