package io.wormhole.settlement.node;

import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.QuestionBook.Standing;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A dispute on two running nodes: blocks carry the miner's votes, and the other node agrees. */
class DisputeTest {
    @RegisterExtension static final NodeSystem SYSTEM = new NodeSystem();

    private TestNetwork network;

    @BeforeEach
    void start(@TempDir Path folder) {
        network = new TestNetwork(SYSTEM.get(), folder);
    }

    @AfterEach
    void stop() {
        network.stopAll();
    }

    private static void send(SettlementNode node, KeyPair from, TransactionBody body) {
        Submission answer =
                get(
                        node.settlement()
                                .submit(
                                        Transaction.of(
                                                        from.publicKey(),
                                                        get(
                                                                node.settlement()
                                                                        .nextNonce(from.address())),
                                                        node.settlement().gasPrice(),
                                                        body)
                                                .signedBy(from, node.genesis().networkId())));
        assertThat(answer).isInstanceOf(Submission.Accepted.class);
    }

    private static Optional<Standing> standing(SettlementNode node, OracleId id, Certainty how) {
        return get(node.questions().question(id, how));
    }

    private static boolean isOpen(SettlementNode node, OracleId id, boolean isDisputed) {
        return standing(node, id, Certainty.TENTATIVE)
                .filter(
                        found ->
                                found instanceof Standing.Open open
                                        && open.question().given().isPresent()
                                        && open.question().dispute().isPresent() == isDisputed)
                .isPresent();
    }

    @Test
    void aLyingAskerLosesAgainstTheVotesOfStakeAndBlocks() {
        SettlementNode miner = network.startMiner(1);
        SettlementNode other = network.start(network.settings(2, miner));
        eventually("linked", () -> other.status().head().height().value() > 1);
        OracleId id = OracleId.of(Bob.ADDRESS, get(other.settlement().nextNonce(Bob.ADDRESS)));
        long opens = get(other.settlement().head()).height().value() + 5;
        send(other, Bob.KEYS, new OracleTransaction.Ask("Warm?", new BlockHeight(opens), 50));
        eventually("open", () -> get(other.settlement().head()).height().value() >= opens);
        send(other, Bob.KEYS, new OracleTransaction.Give(id, Answer.YES));
        eventually("answered", () -> isOpen(other, id, false));
        Amount deposit = miner.genesis().parameters().oracles().deposit(50);
        send(other, Mallory.KEYS, new OracleTransaction.Counterclaim(id, Answer.NO, deposit));
        miner.blockVotes().decide(Alice.KEYS, id, Answer.NO);
        miner.blockVotes().decide(Alice.KEYS, id, Answer.YES);
        eventually("disputed", () -> isOpen(miner, id, true));
        send(miner, Alice.KEYS, new OracleTransaction.StakeVote(id, Answer.NO));

        eventually(
                "settled and final on the other node",
                () ->
                        standing(other, id, Certainty.FINAL)
                                .filter(Standing.Settled.class::isInstance)
                                .isPresent());

        AnsweredQuestion settled =
                ((Standing.Settled) standing(other, id, Certainty.FINAL).orElseThrow()).question();
        assertThat(settled.answer()).contains(Answer.NO);
        assertThat(settled.ending()).isEqualTo(AnsweredQuestion.Ending.VOTED);
        ProvenState proven = get(other.proveAnswer(id, Certainty.FINAL));
        assertThat(proven.proof().verify(proven.header().roots()).proven())
                .contains(settled.encoded());
        assertThat(get(miner.settlement().finalAnswers()))
                .contains(proven.header().roots().answeredOracles());
    }
}
