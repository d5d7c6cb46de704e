package io.wormhole.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.GenesisBlock;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.consensus.IndexedBlock;
import io.wormhole.settlement.store.StoreException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store does, whatever the database. */
abstract class StoreContract {
    static final long CACHE = 1 << 16;
    private static final Block GENESIS = GenesisBlock.of(Forge.GENESIS);

    final Arbitrary any = Arbitrary.forTest("ChainStoreTest", 1);

    /** The store of {@code network}; the same at every call of one test. */
    abstract ChainStore open(NetworkId network);

    private ChainStore open() {
        return open(TestNetwork.ID);
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() {
        Hash node = any.hash();
        List<LedgerFact> facts =
                List.of(
                        new LedgerFact.TransactionApplied(any.hash()),
                        new LedgerFact.Transferred(Alice.ADDRESS, Bob.ADDRESS, Amount.of(7)),
                        new LedgerFact.NameChanged(new Name("/acme/line7")),
                        new LedgerFact.ChannelClosed(
                                new ChannelId(any.hash()), List.of(Amount.of(1), Amount.of(2))),
                        new LedgerFact.ContractStepFailed(
                                new ChannelId(any.hash()), Alice.ADDRESS, "out of time gas"),
                        new LedgerFact.StakeChanged(Bob.ADDRESS),
                        new LedgerFact.OracleChanged(new OracleId(any.hash())));
        Hash paid = any.hash();
        Bytes large = any.bytes(1_300_000);
        Bytes rest = any.bytes(1_200_000);
        try (ChainStore store = open()) {
            store.commit(
                    new BlockCommit(
                            IndexedBlock.genesis(GENESIS.hash()),
                            GENESIS.header(),
                            large,
                            rest,
                            List.of(paid),
                            facts,
                            Map.of(node, Bytes.of((byte) 1))),
                    Optional.of(new CanonicalChange(0, List.of(GENESIS.hash()), GENESIS.hash())));
        }

        try (ChainStore store = open()) {
            assertThat(store.head()).contains(GENESIS.hash());
            assertThat(store.finalBlock()).contains(GENESIS.hash());
            assertThat(store.block(GENESIS.hash()).orElseThrow().header())
                    .isEqualTo(GENESIS.header());
            assertThat(store.body(GENESIS.hash())).contains(large.concat(rest));
            assertThat(store.facts(GENESIS.hash())).isEqualTo(facts);
            assertThat(store.node(node)).contains(Bytes.of((byte) 1));
            assertThat(store.canonical(0)).contains(GENESIS.hash());
            assertThat(store.inclusion(paid)).contains(new Inclusion(GENESIS.hash(), 0, 0));
        }
    }

    @Test
    void aBlockOfAnotherForkIsStoredWithoutBeingOnTheChain() {
        try (ChainStore store = open()) {
            Hash paid = any.hash();
            store.commit(
                    new BlockCommit(
                            IndexedBlock.genesis(GENESIS.hash()),
                            GENESIS.header(),
                            GENESIS.bare().encoded(),
                            GENESIS.witness().encoded(),
                            List.of(paid),
                            List.of(),
                            Map.of()),
                    Optional.empty());

            assertThat(store.block(GENESIS.hash())).isPresent();
            assertThat(store.canonical(0)).isEmpty();
            assertThat(store.inclusion(paid)).isEmpty();
        }
    }

    @Test
    void whatIsAddedIsReadAtOnceAndThereAfterReopeningOnceSettled() {
        BlockCommit first = block(0, Map.of(any.hash(), Bytes.of((byte) 1)));
        BlockCommit second = block(1, Map.of(any.hash(), Bytes.of((byte) 2)));
        Hash firstHash = first.index().hash();
        Hash secondHash = second.index().hash();
        try (ChainStore store = open()) {
            store.add(first, Optional.of(new CanonicalChange(0, List.of(firstHash), firstHash)));
            store.add(second, Optional.of(new CanonicalChange(1, List.of(secondHash), firstHash)));

            assertThat(store.body(secondHash)).contains(second.block());
            assertThat(store.bare(secondHash)).contains(second.bare());
            assertThat(store.block(secondHash)).isPresent();
            second.nodes().forEach((hash, node) -> assertThat(store.node(hash)).contains(node));
            assertThat(store.canonical(0, 3)).isEmpty();
            store.settle();
            assertThat(store.canonical(0, 3)).containsExactly(firstHash, secondHash);
        }

        try (ChainStore store = open()) {
            assertThat(store.head()).contains(secondHash);
            assertThat(store.finalBlock()).contains(firstHash);
            assertThat(store.body(secondHash)).contains(second.block());
            second.nodes().forEach((hash, node) -> assertThat(store.node(hash)).contains(node));
        }
    }

    @Test
    void blocksAndVotesAreStoredByTwoThreadsAtOnce() throws Exception {
        int count = 40;
        try (ChainStore store = open()) {
            Thread validator =
                    new Thread(
                            () -> {
                                for (int epoch = 1; epoch <= count; epoch++) {
                                    store.recordVote(
                                            new VoteRecord(
                                                    Alice.ADDRESS,
                                                    epoch - 1,
                                                    epoch,
                                                    Bytes.of((byte) epoch)));
                                }
                            });
            validator.start();
            for (int height = 0; height < count; height++) {
                store.commit(block(height, Map.of()), Optional.empty());
            }
            validator.join();
        }

        requireWhole(count);
    }

    /** Whether so many blocks and votes, none damaged, are wherever the store has put them. */
    void requireWhole(int count) throws Exception {
        try (ChainStore store = open()) {
            assertThat(store.blocksFrom(0)).hasSize(count);
            assertThat(store.lastVote(Alice.ADDRESS).orElseThrow().targetEpoch()).isEqualTo(count);
        }
    }

    private BlockCommit block(long height, Map<Hash, Bytes> nodes) {
        IndexedBlock first = IndexedBlock.genesis(GENESIS.hash());
        return new BlockCommit(
                new IndexedBlock(
                        any.hash(),
                        first.hash(),
                        height,
                        first.totalWork(),
                        first.justified(),
                        first.finalised()),
                GENESIS.header(),
                any.bytes(2_000),
                any.bytes(7_000),
                List.of(any.hash()),
                List.of(),
                nodes);
    }

    @Test
    void aSecondVoteForAnEpochCannotBeStored() {
        try (ChainStore store = open()) {
            store.recordVote(new VoteRecord(Alice.ADDRESS, 1, 2, Bytes.of((byte) 1)));

            assertThatThrownBy(
                            () ->
                                    store.recordVote(
                                            new VoteRecord(
                                                    Alice.ADDRESS, 0, 2, Bytes.of((byte) 2))))
                    .isInstanceOf(StoreException.class);
            assertThat(store.lastVote(Alice.ADDRESS).orElseThrow().signed())
                    .isEqualTo(Bytes.of((byte) 1));
        }
    }

    @Test
    void whatWasSignedElsewhereIsForbiddenTooAndNothingIsForgotten() {
        Bytes ours = Bytes.of((byte) 1);
        Bytes theirs = Bytes.of((byte) 2);
        try (ChainStore store = open()) {
            store.recordVote(new VoteRecord(Alice.ADDRESS, 3, 9, ours));

            store.forbid(new VoteRecord(Alice.ADDRESS, 5, 7, theirs));
            store.forbid(new VoteRecord(Alice.ADDRESS, 1, 2, theirs));
            store.forbid(new VoteRecord(Bob.ADDRESS, 1, 2, theirs));
        }

        try (ChainStore store = open()) {
            assertThat(store.lastVote(Alice.ADDRESS))
                    .contains(new VoteRecord(Alice.ADDRESS, 5, 9, ours));
            assertThat(store.lastVote(Bob.ADDRESS))
                    .contains(new VoteRecord(Bob.ADDRESS, 1, 2, theirs));
            store.forbid(new VoteRecord(Alice.ADDRESS, 6, 12, theirs));
            assertThat(store.lastVote(Alice.ADDRESS))
                    .contains(new VoteRecord(Alice.ADDRESS, 6, 12, theirs));
        }
    }

    @Test
    void theStoreOfAnotherNetworkIsRefused() {
        open().close();

        assertThatThrownBy(() -> open(TestNetwork.OTHER))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.OTHER_NETWORK))
                .hasMessageContaining(TestNetwork.ID.toString())
                .hasMessageContaining(TestNetwork.OTHER.toString());
        open().close();
    }

    @Test
    void aStoreInUseIsRefusedAndStaysUsable() {
        try (ChainStore store = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(Kind.LOCKED))
                    .hasMessageContaining("in use");

            assertThat(store.head()).isEmpty();
        }
        open().close();
    }

    @Test
    void aPrunedNodeIsGoneUnlessALaterBlockWroteItAgain() {
        Hash old = any.hash();
        Hash again = any.hash();
        Bytes content = Bytes.of((byte) 1);
        try (ChainStore store = open()) {
            store.commit(
                    new BlockCommit(
                            IndexedBlock.genesis(GENESIS.hash()),
                            GENESIS.header(),
                            GENESIS.bare().encoded(),
                            GENESIS.witness().encoded(),
                            List.of(),
                            List.of(),
                            Map.of(old, content, again, content)),
                    Optional.of(new CanonicalChange(0, List.of(GENESIS.hash()), GENESIS.hash())));
            IndexedBlock first = IndexedBlock.genesis(GENESIS.hash());
            store.commit(
                    new BlockCommit(
                            new IndexedBlock(
                                    any.hash(),
                                    first.hash(),
                                    1,
                                    first.totalWork(),
                                    first.justified(),
                                    first.finalised()),
                            GENESIS.header(),
                            GENESIS.bare().encoded(),
                            GENESIS.witness().encoded(),
                            List.of(),
                            List.of(),
                            Map.of(again, content)),
                    Optional.empty());

            store.prune(List.of(new PrunedHeight(0, List.of(old, again), List.of())));

            assertThat(store.prunedHeight()).isZero();
            assertThat(store.nodesAfter(Hash.ZERO, 10)).containsExactly(again);
        }
    }
}
