package io.wormhole.settlement.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.Inclusion;
import io.wormhole.settlement.store.StoredBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node to which blocks come faster than a database writes them. */
@Timeout(120)
class CatchingUpTest {
    private static final History SHORT = new History(96);
    private static final int AT_ONCE = 16;

    @TempDir private static Path shared = Path.of("");
    @TempDir private Path folder = Path.of("");

    private static ChainStore source;

    private static List<Block> blocks = List.of();

    @BeforeAll
    static void makeTheChain() {
        source = open(shared);
        Forge forge = new Forge(source, History.ARCHIVE);
        PrunerTest.grow(forge, Arbitrary.forTest("CatchingUpTest", 1), 240);
        blocks =
                source.blocksFrom(1).stream()
                        .map(block -> Block.decode(source.body(block.index().hash()).orElseThrow()))
                        .toList();
    }

    @AfterAll
    static void close() {
        source.close();
    }

    private static ChainStore open(Path folder) {
        return ChainStore.open(folder.resolve("chain"), Forge.GENESIS.networkId(), 1 << 16);
    }

    private static void take(Chain chain, List<Block> some) {
        for (int from = 0; from < some.size(); from += AT_ONCE) {
            some.subList(from, Math.min(some.size(), from + AT_ONCE))
                    .forEach(block -> chain.importUnsettled(block, Long.MAX_VALUE / 4));
            chain.settle();
        }
    }

    @Test
    void whatIsNotWrittenYetIsReadLikeTheRest() {
        try (Forge forge = new Forge(open(folder), SHORT)) {
            ChainStore store = forge.store();
            take(forge.chain(), blocks.subList(0, 200));

            assertThat(store.isBehind()).isTrue();
            long head = forge.chain().head().index().height();
            assertThat(store.canonical(0, 1_000)).hasSize((int) head + 1);
            for (long height = 1; height <= head; height++) {
                Hash hash = store.canonical(height).orElseThrow();
                assertThat(store.block(hash)).isEqualTo(source.block(hash));
                assertThat(store.body(hash)).isEqualTo(source.body(hash));
                assertThat(store.facts(hash)).isEqualTo(source.facts(hash));
                assertThat(store.canonical(height, 3))
                        .isEqualTo(
                                store.canonical(0, 1_000).stream().skip(height).limit(3).toList());
            }
            assertThat(store.isBehind()).isTrue();
            Block last =
                    Block.decode(store.body(forge.chain().head().index().hash()).orElseThrow());
            assertThat(store.blocksAt(head)).contains(forge.chain().head());
            last.transactions()
                    .forEach(
                            each ->
                                    assertThat(store.inclusion(each.id()))
                                            .map(Inclusion::height)
                                            .contains(head));
        }
    }

    @Test
    void exactlyTheStatesThatAreKeptAreEverWritten() {
        try (Forge forge = new Forge(open(folder), SHORT)) {
            take(forge.chain(), blocks);

            assertThat(forge.store().isBehind()).isTrue();
            requireOnlyKeptStates(forge);
        }
    }

    private static void requireOnlyKeptStates(Forge forge) {
        ChainStore store = forge.store();
        long kept = forge.chain().finalBlock().index().height() - SHORT.finalStates();
        Set<Hash> expected = new HashSet<>();
        for (StoredBlock block : store.blocksFrom(kept)) {
            PrunerTest.addNodes(store, block.header(), expected);
        }
        assertThat(store.isBehind()).isFalse();
        assertThat(kept).isGreaterThan(100);
        assertThat(store.prunedHeight()).isEqualTo(kept - 1);
        assertThat(PrunerTest.stored(store)).isEqualTo(expected);
    }

    @Test
    void aCrashWhileTheDatabaseIsBehindLosesNothing() throws IOException {
        Path crashed = Files.createDirectory(folder.resolve("crashed"));
        Hash head;
        try (Forge forge = new Forge(open(folder), SHORT)) {
            take(forge.chain(), blocks.subList(0, 230));
            assertThat(forge.store().isBehind()).isTrue();
            head = forge.chain().head().index().hash();
            copy(crashed);
        }

        try (Forge forge = new Forge(open(crashed), SHORT)) {
            assertThat(forge.chain().head().index().hash()).isEqualTo(head);
            take(forge.chain(), blocks);
            assertThat(forge.chain().headLedger().supply().isBalanced()).isTrue();
            requireOnlyKeptStates(forge);
        }
    }

    private void copy(Path to) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void blocksThatComeOneByOneAreWrittenAtOnce() {
        try (Forge forge = new Forge(open(folder), SHORT)) {
            for (Block block : blocks.subList(0, 20)) {
                forge.chain().importBlock(block, Long.MAX_VALUE / 4);

                assertThat(forge.store().isBehind()).isFalse();
            }
        }
    }
}
