package io.wormhole.settlement.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.StaleNodes;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PrunerTest {
    private static final History SHORT = new History(96);
    private static final int BLOCKS = 260;

    @TempDir private Path folder = Path.of("");

    private final Arbitrary any = Arbitrary.forTest("PrunerTest", 3);

    private ChainStore store() {
        return ChainStore.open(folder.resolve("chain"), Forge.GENESIS.networkId(), 1 << 16);
    }

    /** A chain that becomes final, with payments to ever new people and some forks. */
    static void grow(Forge forge, Arbitrary any, int blocks) {
        for (int i = 0; i < blocks; i++) {
            StoredBlock head = forge.chain().head();
            List<SignedTransaction> sent = new ArrayList<>(forge.votes(head, Alice.KEYS, Bob.KEYS));
            if (any.oneIn(3)) {
                long nonce =
                        forge.chain()
                                .headLedger()
                                .account(Alice.ADDRESS)
                                .orElseThrow()
                                .nonce()
                                .value();
                sent.add(forge.pay(Alice.KEYS, any.address(), nonce + 1));
            }
            if (any.oneIn(10)) {
                forge.extend(head, 7, sent.toArray(SignedTransaction[]::new));
            }
            forge.extend(head, 1, sent.toArray(SignedTransaction[]::new));
        }
    }

    static void addNodes(ChainStore store, BlockHeader header, Set<Hash> nodes) {
        for (StateTree tree : StateTree.values()) {
            StaleNodes.of(
                    AuthenticatedMap.open(tree.rootIn(header.roots()), store),
                    AuthenticatedMap.EMPTY,
                    nodes::add);
        }
    }

    static Set<Hash> stored(ChainStore store) {
        return new HashSet<>(store.nodesAfter(Hash.ZERO, Integer.MAX_VALUE));
    }

    @Test
    void exactlyTheNodesOfTheStatesThatAreKeptStay() {
        try (Forge forge = new Forge(store(), SHORT)) {
            grow(forge, any, BLOCKS);

            long kept = forge.chain().finalBlock().index().height() - SHORT.finalStates();
            Set<Hash> expected = new HashSet<>();
            for (StoredBlock block : forge.store().blocksFrom(kept)) {
                addNodes(forge.store(), block.header(), expected);
            }
            assertThat(kept).isGreaterThan(100);
            assertThat(stored(forge.store())).isEqualTo(expected);
        }
    }

    @Test
    void aPrunedChainOpensAgainAndGoesOn() {
        Hash head;
        try (Forge forge = new Forge(store(), SHORT)) {
            grow(forge, any, BLOCKS / 2);
            head = forge.chain().head().index().hash();
        }

        try (Forge forge = new Forge(store(), SHORT)) {
            assertThat(forge.chain().head().index().hash()).isEqualTo(head);
            grow(forge, any, BLOCKS / 2);

            assertThat(forge.chain().headLedger().supply().isBalanced()).isTrue();
            assertThat(forge.store().prunedHeight())
                    .isEqualTo(
                            forge.chain().finalBlock().index().height() - SHORT.finalStates() - 1);
        }
    }

    @Test
    void anArchiveKeepsEveryState() {
        try (Forge forge = new Forge(store(), History.ARCHIVE)) {
            grow(forge, any, 120);

            Set<Hash> expected = new HashSet<>();
            for (StoredBlock block : forge.store().blocksFrom(0)) {
                addNodes(forge.store(), block.header(), expected);
            }
            assertThat(stored(forge.store())).isEqualTo(expected);
            assertThat(forge.store().prunedHeight()).isEqualTo(-1);
        }
    }

    @Test
    void bodiesOfTheChainStayAndThoseOfDeadForksGo() {
        try (Forge forge = new Forge(store(), SHORT)) {
            grow(forge, any, BLOCKS);

            for (long height = 0; height < forge.store().prunedHeight(); height++) {
                Hash onChain = forge.store().canonical(height).orElseThrow();
                for (StoredBlock block : forge.store().blocksAt(height)) {
                    assertThat(forge.store().body(block.index().hash()).isPresent())
                            .isEqualTo(block.index().hash().equals(onChain));
                }
            }
        }
    }

    @Test
    void bodiesBelowTheKeptOnesGoWhereThatIsAskedFor() {
        History few = SHORT.withBodies(100);
        try (Forge forge = new Forge(store(), few)) {
            grow(forge, any, BLOCKS);

            long finalHeight = forge.chain().finalBlock().index().height();
            assertThat(forge.store().prunedBodies()).isEqualTo(finalHeight - 101).isPositive();
            for (StoredBlock block : forge.store().blocksFrom(1)) {
                long height = block.index().height();
                Hash hash = block.index().hash();
                boolean isOnChain =
                        forge.store().canonical(height).filter(hash::equals).isPresent();
                assertThat(forge.store().body(hash).isPresent())
                        .isEqualTo(
                                height > finalHeight - 101
                                        && (isOnChain || height > forge.store().prunedHeight()));
                if (isOnChain) {
                    assertThat(forge.store().facts(hash)).isNotNull();
                }
            }
        }
    }
}
