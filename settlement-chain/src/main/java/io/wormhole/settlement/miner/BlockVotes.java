package io.wormhole.settlement.miner;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a producer's blocks say to disputed questions. Thread-safe; kept in memory: whoever decides
 * remembers and decides again after a restart. A decision is never changed.
 */
public final class BlockVotes {
    private record Decision(KeyPair producer, Answer answer) {}

    private final NetworkId network;
    private final OracleTerms terms;
    private final ConcurrentSkipListMap<OracleId, Decision> decisions =
            new ConcurrentSkipListMap<>();

    /** Nothing is decided yet. */
    public BlockVotes(Genesis genesis) {
        this.network = genesis.networkId();
        this.terms = genesis.parameters().oracles();
    }

    /** From now on, every block of {@code producer} says this while the question is voted on. */
    public void decide(KeyPair producer, OracleId oracle, Answer answer) {
        decisions.putIfAbsent(oracle, new Decision(producer, answer));
    }

    /** The block need not say anything any more: the question is settled, finally. */
    public void forget(OracleId oracle) {
        decisions.remove(oracle);
    }

    /** The vote for the block after {@code head}; empty when there is nothing to say. */
    Optional<SignedTransaction> forBlock(Ledger head, Address producer, BlockHeight height) {
        List<OracleTransaction.Say> says = new ArrayList<>();
        Optional<KeyPair> key = Optional.empty();
        for (var entry : decisions.entrySet()) {
            Decision decision = entry.getValue();
            boolean isMine = decision.producer().address().equals(producer);
            if (isMine
                    && says.size() < OracleTransaction.WorkVote.MAXIMUM_SAYS
                    && isVotedOn(head, entry.getKey(), height)) {
                says.add(new OracleTransaction.Say(entry.getKey(), decision.answer()));
                key = Optional.of(decision.producer());
            }
        }
        return key.map(signer -> signed(signer, new OracleTransaction.WorkVote(height, says)));
    }

    // The block that counts the first window's votes begins the extension, and has no vote in it.
    private boolean isVotedOn(Ledger head, OracleId oracle, BlockHeight height) {
        Optional<Question> question = head.openOracle(oracle);
        return question.filter(q -> QuestionRules.refuseVote(q, height, terms).isEmpty())
                .isPresent();
    }

    private SignedTransaction signed(KeyPair key, OracleTransaction.WorkVote vote) {
        return Transaction.of(key.publicKey(), Nonce.ZERO, Amount.ZERO, vote)
                .signedBy(key, network);
    }
}
