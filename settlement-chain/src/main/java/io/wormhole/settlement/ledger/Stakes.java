package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.consensus.Evidence;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.Outcome;
import io.wormhole.settlement.consensus.Slashing;
import io.wormhole.settlement.consensus.Vote;
import java.util.Optional;
import java.util.function.Consumer;

/** Stakes, finality votes and evidence: the finality gadget decides, the ledger moves the money. */
final class Stakes {
    private Stakes() {}

    static Amount cost(StakeTransaction.Deposit body, TransitionTable.CostContext context) {
        return body.amount();
    }

    static Optional<Refusal> deposit(
            StakeTransaction.Deposit body, Transaction transaction, Draft draft) {
        FinalityState state = draft.ledger().finality();
        return apply(
                state.deposit(draft.sender(), body.amount(), rules(draft)),
                after -> {
                    draft.debit(draft.sender(), body.amount());
                    put(after, draft.sender(), draft);
                });
    }

    static Optional<Refusal> logOut(
            StakeTransaction.Logout body, Transaction transaction, Draft draft) {
        FinalityState state = draft.ledger().finality();
        return apply(
                state.logOut(draft.sender(), rules(draft)),
                after -> put(after, draft.sender(), draft));
    }

    static Optional<Refusal> withdraw(
            StakeTransaction.Withdraw body, Transaction transaction, Draft draft) {
        return apply(
                draft.ledger().finality().withdraw(draft.sender()),
                withdrawal -> {
                    put(withdrawal.state(), draft.sender(), draft);
                    draft.credit(draft.sender(), withdrawal.paid());
                });
    }

    static Optional<Refusal> vote(
            FinalityTransaction.Vote body, Transaction transaction, Draft draft) {
        FinalityState state = draft.ledger().finality();
        Vote vote = new Vote(draft.sender(), body.source(), body.target());
        return apply(
                state.applyVote(vote, draft.height().value(), rules(draft)),
                after -> put(after, draft.sender(), draft));
    }

    static Optional<Refusal> slash(
            FinalityTransaction.Evidence body, Transaction transaction, Draft draft) {
        Optional<Refusal> refusal =
                refuseUnsigned(body.first(), draft).or(() -> refuseUnsigned(body.second(), draft));
        if (refusal.isPresent()) {
            return refusal;
        }
        Evidence evidence = new Evidence(voteIn(body.first()), voteIn(body.second()));
        return apply(
                draft.ledger().finality().slash(evidence),
                slashed -> {
                    put(slashed.state(), evidence.first().validator(), draft);
                    Slashing.Penalty penalty = slashed.penalty();
                    draft.credit(draft.sender(), penalty.reporter());
                    draft.burn(penalty.burned());
                });
    }

    private static Optional<Refusal> refuseUnsigned(SignedTransaction vote, Draft draft) {
        return vote.isSignedFor(draft.context().network())
                ? Optional.empty()
                : Transition.refuse(new Refusal.EvidenceNotSigned(vote.id()));
    }

    private static Vote voteIn(SignedTransaction signed) {
        FinalityTransaction.Vote vote = (FinalityTransaction.Vote) signed.transaction().body();
        return new Vote(signed.transaction().sender().address(), vote.source(), vote.target());
    }

    private static <T> Optional<Refusal> apply(Outcome<T> outcome, Consumer<T> result) {
        if (outcome instanceof Outcome.Accepted<T> accepted) {
            result.accept(accepted.value());
            return Transition.done();
        }
        Outcome.Refused<T> refused = (Outcome.Refused<T>) outcome;
        return Transition.refuse(new Refusal.FinalityRefused(refused.reason(), refused.detail()));
    }

    private static void put(FinalityState state, Address validator, Draft draft) {
        draft.change(ledger -> ledger.withFinality(state));
        draft.fact(new LedgerFact.StakeChanged(validator));
    }

    private static FinalityRules rules(Draft draft) {
        return draft.parameters().finality();
    }
}
