package io.wormhole.settlement.ledger;

import io.wormhole.oracle.rules.QuestionRefusal;
import io.wormhole.oracle.rules.Ruling;
import io.wormhole.oracle.rules.VoteRules;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Optional;

/** Votes on disputed questions: of validators by transaction, of miners by their blocks. */
final class OracleVotes {
    private OracleVotes() {}

    static Optional<Refusal> stakeVote(
            OracleTransaction.StakeVote body, Transaction transaction, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(body.oracle());
        if (question.isEmpty()) {
            return Oracles.unknown(body.oracle());
        }
        boolean hasStake = draft.ledger().finality().currentSet().containsKey(draft.sender());
        VoteRules.StakeVoter voter =
                new VoteRules.StakeVoter(draft.sender(), hasStake, body.answer(), draft.height());
        return Oracles.apply(
                VoteRules.stakeVote(
                        question.get(),
                        draft.ledger().castVotes(body.oracle()),
                        voter,
                        Oracles.terms(draft)),
                votes -> put(body.oracle(), votes, draft));
    }

    /** All or nothing: one vote that does not hold makes the block's whole vote invalid. */
    static Optional<Refusal> workVote(
            OracleTransaction.WorkVote body, Transaction transaction, Draft draft) {
        boolean isThisBlock =
                draft.sender().equals(draft.context().producer())
                        && body.height().equals(draft.height());
        if (!isThisBlock) {
            return Transition.refuse(
                    new Refusal.OracleRefused(
                            new QuestionRefusal.NotThisBlock(
                                    draft.sender(),
                                    body.height(),
                                    draft.context().producer(),
                                    draft.height())));
        }
        for (OracleTransaction.Say say : body.says()) {
            Optional<Refusal> refusal = count(say, draft);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Transition.done();
    }

    private static Optional<Refusal> count(OracleTransaction.Say say, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(say.oracle());
        if (question.isEmpty()) {
            return Oracles.unknown(say.oracle());
        }
        VoteRules.WorkVoter voter =
                new VoteRules.WorkVoter(draft.sender(), say.answer(), draft.height());
        Ruling<CastVotes> ruling =
                VoteRules.workVote(
                        question.get(),
                        draft.ledger().castVotes(say.oracle()),
                        voter,
                        Oracles.terms(draft));
        return Oracles.apply(ruling, votes -> put(say.oracle(), votes, draft));
    }

    private static void put(OracleId oracle, CastVotes votes, Draft draft) {
        draft.change(ledger -> ledger.withCastVotes(oracle, Optional.of(votes)));
        draft.fact(new LedgerFact.OracleChanged(oracle));
    }
}
