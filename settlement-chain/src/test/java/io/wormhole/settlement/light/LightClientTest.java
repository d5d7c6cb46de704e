package io.wormhole.settlement.light;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.chain.ChainActor;
import io.wormhole.settlement.chain.ChainEvents;
import io.wormhole.settlement.chain.Forge;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.store.StoredBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LightClientTest {
    private static final FinalityRules RULES = Forge.GENESIS.parameters().finality();
    private static final int BLOCKS = 90;
    private static final Amount DSD = Amount.of(1_000_000_000L);

    private static Forge forge;
    private static Forge fork;
    private static SignedTransaction payment;
    private static LightServer honest;
    private static LightServer forked;

    @BeforeAll
    static void makeChains(@TempDir Path folder) throws Exception {
        forge = new Forge(Files.createDirectory(folder.resolve("a")));
        payment = forge.pay(Alice.KEYS, Bob.ADDRESS, 1);
        SignedTransaction deposit =
                Transaction.of(
                                Mallory.KEYS.publicKey(),
                                new Nonce(1),
                                Forge.GENESIS.parameters().minimumGasPrice(),
                                new StakeTransaction.Deposit(DSD.times(300)))
                        .signedBy(Mallory.KEYS, Forge.GENESIS.networkId());
        StoredBlock tip = forge.extend(forge.chain().head(), 1, payment, deposit);
        forge.extend(tip, 1, BLOCKS, Alice.KEYS, Bob.KEYS, Mallory.KEYS);
        honest =
                new LightReads(
                        Forge.GENESIS, forge.store(), () -> ChainActor.firstView(forge.chain()));

        // A fork by somebody with a third of the stake, for whom the rest does not vote.
        fork = new Forge(Files.createDirectory(folder.resolve("b")));
        fork.extend(fork.chain().head(), 9, 20, Alice.KEYS);
        forked =
                new LightReads(
                        Forge.GENESIS, fork.store(), () -> ChainActor.firstView(fork.chain()));
    }

    @AfterAll
    static void close() {
        forge.close();
        fork.close();
    }

    private static LightClient client(LightServer... servers) {
        return new LightClient(
                Forge.GENESIS, TrustedCheckpoint.genesis(Forge.GENESIS), List.of(servers));
    }

    @Test
    void checkpointsAreFollowedByTheVotesOfTheStakeWhileTheStakesChange() {
        LightClient client = client(honest);

        TrustedCheckpoint reached = client.sync();

        assertThat(reached.hash()).isEqualTo(forge.chain().finalBlock().index().hash());
        assertThat(reached.finality().currentSet()).containsKey(Mallory.ADDRESS);
        assertThat(client.tentative()).isNotEmpty();
        assertThat(client.tentative().get(client.tentative().size() - 1).hash())
                .isEqualTo(forge.chain().head().index().hash());
        assertThat(client.liars()).isEmpty();
    }

    @Test
    void onANetworkForTryingOutFinalityMayHaveStalledForLongerThanAStakeIsBound(
            @TempDir Path folder) {
        try (Forge late = new Forge(folder)) {
            int silent = (int) (RULES.withdrawalDelayEpochs() + 2) * RULES.epochLength();
            StoredBlock tip = late.extend(late.chain().head(), 1, silent);
            late.extend(tip, 1, 4 * RULES.epochLength(), Alice.KEYS, Bob.KEYS);
            LightClient client =
                    client(
                            new LightReads(
                                    Forge.GENESIS,
                                    late.store(),
                                    () -> ChainActor.firstView(late.chain())));

            TrustedCheckpoint reached = client.sync();

            assertThat(reached.height()).isGreaterThan(silent);
            assertThat(reached.hash()).isEqualTo(late.chain().finalBlock().index().hash());
        }
    }

    @Test
    void theFinalStateIsReadWithProofsOfPresenceAndAbsence() {
        LightClient client = client(honest);
        client.sync();

        assertThat(client.account(Bob.ADDRESS))
                .isEqualTo(
                        forge.chain()
                                .open(forge.chain().finalBlock().header())
                                .account(Bob.ADDRESS));
        assertThat(client.name(new Name("/nobody/has/this"))).isEmpty();
        assertThat(client.transaction(payment.id()).transaction()).isEqualTo(payment);
    }

    @Test
    void whatMustBeKeptIsSmall() {
        TrustedCheckpoint reached = client(honest).sync();

        assertThat(reached.header().encoded().size()).isLessThan(1_000);
        assertThat(TrustedCheckpoint.decode(reached.encoded())).isEqualTo(reached);
    }

    @Test
    void aNamedCheckpointIsABeginningWhoeverServesIt() {
        long height = 40;
        BlockHeader header = honest.headers(height).get(0);
        Checkpoint named = new Checkpoint(height / RULES.epochLength(), header.hash());

        Optional<TrustedCheckpoint> start =
                TrustedCheckpoint.of(named, header, honest.consensus(height).orElseThrow(), RULES);

        LightClient client = new LightClient(Forge.GENESIS, start.orElseThrow(), List.of(honest));
        assertThat(client.sync().hash()).isEqualTo(forge.chain().finalBlock().index().hash());
        assertThat(
                        TrustedCheckpoint.of(
                                named,
                                honest.headers(height + 4).get(0),
                                honest.consensus(height).orElseThrow(),
                                RULES))
                .isEmpty();
    }

    @Test
    void aForkWithoutTwoThirdsOfTheStakeIsNotFollowed() {
        LightClient client = client(forked);

        assertThat(client.sync().height()).isZero();
        assertThat(client.tentative()).isNotEmpty();
    }

    @Test
    void liarsAreFoundOutAndOneHonestServerIsEnough() {
        List<LightServer> servers = new ArrayList<>();
        for (Lie lie : Lie.values()) {
            servers.add(new Liar(lie));
        }
        servers.add(honest);
        LightClient client = client(servers.toArray(LightServer[]::new));

        TrustedCheckpoint reached = client.sync();

        assertThat(reached.hash()).isEqualTo(forge.chain().finalBlock().index().hash());
        assertThat(client.account(Bob.ADDRESS)).isPresent();
        assertThat(client.transaction(payment.id()).holds()).isTrue();
        assertThat(client.liars().keySet())
                .contains("VOTES_UNSIGNED", "OTHER_STAKES", "HEADERS_WITHOUT_WORK", "OTHER_VALUE");
        assertThat(client.liars()).doesNotContainKey("SILENCE").doesNotContainKey("this node");
    }

    @Test
    void whatBlocksDoIsProvenByRunningThemAndAllOfItIsSeenInOrder() {
        LightClient client = client(new Liar(Lie.OTHER_CONTENT), honest);
        client.sync();
        long top = client.tip().height().value();
        long finalHeight = client.checkpoint().height();
        ChainEvents light = new ChainEvents(client.history());
        ChainEvents full = new ChainEvents(forge.store());
        Optional<ChainEvents.Position> at = light.startingAfter(BlockHeight.ZERO, finalHeight);

        assertThat(at).isEqualTo(full.startingAfter(BlockHeight.ZERO, finalHeight));
        for (Optional<ChainEvents.Step> step = full.next(at.orElseThrow(), top, finalHeight);
                step.isPresent();
                step = full.next(at.orElseThrow(), top, finalHeight)) {
            assertThat(light.next(at.orElseThrow(), top, finalHeight)).isEqualTo(step);
            at = step.map(ChainEvents.Step::after);
        }
        assertThat(light.next(at.orElseThrow(), top, finalHeight)).isEmpty();
        assertThat(at.orElseThrow().height()).isEqualTo(top);
        assertThat(client.liars()).containsOnlyKeys("OTHER_CONTENT");
    }

    @Test
    void aQuestionThatWasNeverSettledIsProvenToHaveNoAnswer() {
        LightClient client = client(honest);
        client.sync();

        assertThat(client.answer(new OracleId(payment.id()))).isEmpty();
    }

    @Test
    void pollingFollowsAGrowingChainToItsFinalCheckpoints() {
        LightClient client = client(honest);

        client.poll();
        client.poll();

        assertThat(client.checkpoint().hash()).isEqualTo(forge.chain().finalBlock().index().hash());
        assertThat(client.tip().hash()).isEqualTo(forge.chain().head().index().hash());
        assertThat(client.inclusion(payment.id()).orElseThrow().transaction()).isEqualTo(payment);
        assertThat(client.inclusion(new Hash(Bytes.of(new byte[Hash.SIZE])))).isEmpty();
    }

    @Test
    void withLiarsAloneNothingIsBelieved() {
        LightClient client = client(new Liar(Lie.OTHER_VALUE));

        assertThatThrownBy(() -> client.account(Bob.ADDRESS))
                .isInstanceOf(LightClient.NoAnswer.class)
                .hasMessageContaining("OTHER_VALUE");
    }

    private enum Lie {
        VOTES_UNSIGNED,
        OTHER_STAKES,
        HEADERS_WITHOUT_WORK,
        OTHER_VALUE,
        OTHER_TRANSACTION,
        OTHER_CONTENT,
        SILENCE
    }

    /** Tells the truth but in one thing. */
    private record Liar(Lie lie) implements LightServer {
        @Override
        public String name() {
            return lie.name();
        }

        @Override
        public Optional<FinalityProof> finality(long upToEpoch) {
            if (lie == Lie.SILENCE) {
                throw new Unreachable("silent");
            }
            return honest.finality(upToEpoch)
                    .map(
                            proof ->
                                    switch (lie) {
                                        case VOTES_UNSIGNED ->
                                                new FinalityProof(
                                                        proof.header(),
                                                        proof.consensus(),
                                                        proof.votes().stream()
                                                                .map(Liar::signedByAnother)
                                                                .toList());
                                        case OTHER_STAKES ->
                                                new FinalityProof(
                                                        proof.header(),
                                                        honest.consensus(1).orElseThrow(),
                                                        proof.votes());
                                        default -> proof;
                                    });
        }

        private static SignedTransaction signedByAnother(SignedTransaction vote) {
            Transaction other =
                    Transaction.of(
                            Mallory.KEYS.publicKey(),
                            Nonce.ZERO,
                            Amount.ZERO,
                            vote.transaction().body());
            return new SignedTransaction(
                    vote.transaction(),
                    other.signedBy(Mallory.KEYS, Forge.GENESIS.networkId()).signature());
        }

        @Override
        public Optional<PartialMap> consensus(long height) {
            return honest.consensus(height);
        }

        @Override
        public List<BlockHeader> headers(long fromHeight) {
            List<BlockHeader> headers = honest.headers(fromHeight);
            return lie == Lie.HEADERS_WITHOUT_WORK
                    ? headers.stream().map(header -> header.withWork(1, List.of(1L))).toList()
                    : headers;
        }

        @Override
        public Optional<Block> block(Hash block) {
            Optional<Block> found = honest.block(block);
            return lie == Lie.OTHER_CONTENT
                    ? found.map(each -> new Block(each.header(), List.of(), each.witness()))
                    : found;
        }

        @Override
        public Optional<StateProof> state(Hash block, StateTree tree, Hash key) {
            Hash other = lie == Lie.OTHER_VALUE ? new Hash(Bytes.of(new byte[Hash.SIZE])) : key;
            return honest.state(block, tree, other);
        }

        @Override
        public Optional<InclusionProof> transaction(Hash id) {
            return honest.transaction(id)
                    .map(
                            proof ->
                                    lie == Lie.OTHER_TRANSACTION
                                            ? new InclusionProof(
                                                    proof.header(),
                                                    forge.pay(Bob.KEYS, Mallory.ADDRESS, 7),
                                                    proof.path())
                                            : proof);
        }
    }
}
