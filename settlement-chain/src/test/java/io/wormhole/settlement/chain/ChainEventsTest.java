package io.wormhole.settlement.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Followers of a chain that reorganises, while both they and the node come and go. */
@Timeout(300)
class ChainEventsTest {
    private static final int ROUNDS =
            Math.max(6, Integer.getInteger("wormhole.sequences", 100) / 16);

    @TempDir private Path folder = Path.of("");

    /** A follower that stores its position with what it has seen. */
    private static final class Diary {
        private ChainEvents.Position at;
        private final List<Hash> applied = new ArrayList<>();
        private long finalHeight;

        Diary(Hash genesis) {
            at = new ChainEvents.Position(0, genesis, 0);
            applied.add(genesis);
        }

        void handle(ChainEvents.Step step) {
            if (step.event() instanceof LedgerEvent.BlockApplied block) {
                assertThat(block.height().value()).isEqualTo(applied.size());
                applied.add(block.block());
            } else if (step.event() instanceof LedgerEvent.BlockUndone block) {
                assertThat(applied.remove(applied.size() - 1)).isEqualTo(block.block());
                assertThat((long) applied.size())
                        .isEqualTo(block.height().value())
                        .isGreaterThan(finalHeight);
            } else if (step.event() instanceof LedgerEvent.Finalised settled) {
                assertThat(settled.height().value()).isGreaterThan(finalHeight);
                finalHeight = settled.height().value();
                assertThat(applied.get((int) finalHeight)).isEqualTo(settled.block());
            }
            at = step.after();
        }
    }

    private Forge open(int round) {
        return new Forge(
                ChainStore.open(
                        folder.resolve("chain" + round), Forge.GENESIS.networkId(), 1 << 18),
                new History(96));
    }

    private static void follow(Forge forge, Diary diary, int most) {
        ChainEvents events = new ChainEvents(forge.store());
        for (int i = 0; i < most; i++) {
            Optional<ChainEvents.Step> step =
                    events.next(
                            diary.at,
                            forge.chain().head().index(),
                            forge.chain().finalBlock().index());
            if (step.isEmpty()) {
                return;
            }
            diary.handle(step.get());
        }
    }

    /** A few blocks on the head, or a longer branch from below it. */
    private static void grow(Forge forge, Arbitrary any) {
        StoredBlock tip = forge.chain().head();
        long low = forge.chain().finalBlock().index().height();
        int back = any.oneIn(3) ? any.below((int) Math.min(4, tip.index().height() - low + 1)) : 0;
        for (int i = 0; i < back; i++) {
            tip = forge.chain().block(tip.index().parent()).orElseThrow();
        }
        int salt = 1 + any.below(100);
        for (int i = any.below(5) + back; i >= 0; i--) {
            List<SignedTransaction> votes =
                    any.oneIn(4) ? List.of() : forge.votes(tip, Alice.KEYS, Bob.KEYS);
            Optional<StoredBlock> next = extend(forge, tip, salt, votes);
            if (next.isEmpty()) {
                return;
            }
            tip = next.get();
        }
    }

    /** The same block may have come before. */
    private static Optional<StoredBlock> extend(
            Forge forge, StoredBlock tip, int salt, List<SignedTransaction> votes) {
        ImportResult result =
                forge.chain()
                        .importBlock(
                                forge.block(tip, salt, votes.toArray(SignedTransaction[]::new)),
                                Long.MAX_VALUE / 4);
        return result instanceof ImportResult.Imported imported
                ? Optional.of(imported.stored())
                : Optional.empty();
    }

    @Test
    void everyFollowerSeesUndoThenRedoInOrderAndOnceAlsoAcrossRestarts() {
        Arbitrary seeds = Arbitrary.forTest("ChainEventsTest", 9);
        for (int round = 0; round < ROUNDS; round++) {
            Arbitrary any = Arbitrary.ofSeed(seeds.random().nextLong());
            List<Diary> diaries = new ArrayList<>();
            for (int day = 0; day < 6; day++) {
                try (Forge forge = open(round)) {
                    if (diaries.isEmpty()) {
                        Hash genesis = forge.store().canonical(0).orElseThrow();
                        diaries.addAll(List.of(new Diary(genesis), new Diary(genesis)));
                    }
                    for (int step = 0; step < 4; step++) {
                        grow(forge, any);
                        for (Diary diary : diaries) {
                            follow(forge, diary, any.below(8));
                        }
                    }
                }
            }
            try (Forge forge = open(round)) {
                for (Diary diary : diaries) {
                    follow(forge, diary, Integer.MAX_VALUE);
                    assertThat(diary.applied)
                            .isEqualTo(forge.store().canonical(0, Integer.MAX_VALUE));
                    assertThat(diary.finalHeight)
                            .isEqualTo(forge.chain().finalBlock().index().height());
                }
            }
        }
    }
}
