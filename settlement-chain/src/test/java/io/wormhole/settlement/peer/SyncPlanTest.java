package io.wormhole.settlement.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.settlement.block.BareBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyncPlanTest {
    private static final long TIMEOUT = 1_000;
    private static final Hash GENESIS = Hash.ZERO;

    private final SyncPlan<String> plan = new SyncPlan<>(TIMEOUT);
    private final Set<Hash> chain = new HashSet<>(Set.of(GENESIS));

    @Test
    void bodiesAreAskedOfSeveralPeersLowestFirst() {
        List<BareBlock> blocks = chainOf(40);
        plan.peerHas("acme", 40);
        plan.peerHas("bob", 40);
        blocks.forEach(block -> plan.want(block.header()));

        List<SyncPlan.Request<String>> requests = plan.requests(0);

        assertThat(requests).extracting(SyncPlan.Request::peer).contains("acme", "bob");
        assertThat(asked(requests))
                .containsExactlyInAnyOrderElementsOf(
                        blocks.subList(0, 32).stream().map(BareBlock::hash).toList());
        assertThat(plan.requests(0)).isEmpty();
    }

    @Test
    void aPeerIsNotAskedForWhatIsAboveItsHead() {
        List<BareBlock> blocks = chainOf(4);
        plan.peerHas("acme", 2);
        blocks.forEach(block -> plan.want(block.header()));

        assertThat(asked(plan.requests(0)))
                .containsExactly(blocks.get(0).hash(), blocks.get(1).hash());
    }

    @Test
    void bodiesAreImportedInOrderWhateverTheirOrderOfArrival() {
        List<BareBlock> blocks = chainOf(3);
        plan.peerHas("acme", 3);
        blocks.forEach(block -> plan.want(block.header()));
        plan.requests(0);

        plan.receive("acme", blocks.get(2));
        assertThat(plan.importable(chain::contains)).isEmpty();
        plan.receive("acme", blocks.get(0));
        assertThat(importable()).containsExactly(blocks.get(0));
        plan.receive("acme", blocks.get(1));

        assertThat(importable()).containsExactly(blocks.get(1), blocks.get(2));
        assertThat(importable()).isEmpty();
    }

    @Test
    void whoDoesNotAnswerInTimeIsToldAndAnotherIsAsked() {
        BareBlock block = chainOf(1).get(0);
        plan.peerHas("acme", 1);
        plan.want(block.header());
        plan.requests(0);
        plan.peerHas("bob", 1);

        assertThat(plan.expired(TIMEOUT - 1)).isEmpty();
        assertThat(plan.expired(TIMEOUT)).containsExactly("acme");
        assertThat(plan.requests(TIMEOUT))
                .containsExactly(new SyncPlan.Request<>("bob", List.of(block.hash())));
    }

    @Test
    void whatWasAskedOfAPeerThatLeftIsAskedOfAnother() {
        BareBlock block = chainOf(1).get(0);
        plan.peerHas("acme", 1);
        plan.want(block.header());
        plan.requests(0);
        plan.peerHas("bob", 1);

        plan.peerGone("acme");

        assertThat(asked(plan.requests(0))).containsExactly(block.hash());
    }

    @Test
    void aRejectedBlockTakesItsDescendantsAlong() {
        List<BareBlock> blocks = chainOf(3);
        blocks.forEach(block -> plan.want(block.header()));

        plan.reject(blocks.get(1).hash());

        assertThat(plan.isWanted(blocks.get(0).hash())).isTrue();
        assertThat(plan.size()).isEqualTo(1);
    }

    @Test
    void blocksThatEveryPeerLacksAreUnobtainable() {
        BareBlock block = chainOf(1).get(0);
        plan.peerHas("acme", 1);
        plan.want(block.header());
        plan.requests(0);

        plan.missing("acme", block.hash());

        assertThat(plan.unobtainable()).containsExactly(block.hash());
    }

    @Test
    void aBodyNobodyAskedForIsNotKept() {
        BareBlock block = chainOf(1).get(0);

        assertThat(plan.receive("mallory", block)).isFalse();

        assertThat(plan.size()).isZero();
        assertThat(plan.importable(hash -> true)).isEmpty();
    }

    private List<BareBlock> importable() {
        List<BareBlock> blocks =
                plan.importable(chain::contains).stream().map(SyncPlan.Received::block).toList();
        blocks.forEach(
                block -> {
                    plan.done(block.hash());
                    chain.add(block.hash());
                });
        return blocks;
    }

    private static List<Hash> asked(List<SyncPlan.Request<String>> requests) {
        return requests.stream().flatMap(request -> request.blocks().stream()).toList();
    }

    private static List<BareBlock> chainOf(int length) {
        List<BareBlock> blocks = new ArrayList<>();
        Hash parent = GENESIS;
        for (int height = 1; height <= length; height++) {
            BareBlock block =
                    BareBlock.of(
                            new BlockHeader(
                                    BlockHeader.VERSION,
                                    parent,
                                    new BlockHeight(height),
                                    height,
                                    new Address(Hash.ZERO),
                                    new BlockRoots(
                                            Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO,
                                            Hash.ZERO, Hash.ZERO, Hash.ZERO),
                                    Hash.ZERO,
                                    0,
                                    0,
                                    List.of()),
                            List.of());
            blocks.add(block);
            parent = block.hash();
        }
        return blocks;
    }
}
