package io.wormhole.settlement.ledger;

import io.wormhole.protocol.transaction.GovernanceTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.governance.GovernanceState;
import java.util.Optional;

/** Proposals and votes on parameters: governance decides, the ledger keeps. */
final class Governing {
    private Governing() {}

    static Optional<Refusal> propose(
            GovernanceTransaction.Propose body, Transaction transaction, Draft draft) {
        Ledger ledger = draft.ledger();
        return apply(
                ledger.governance()
                        .propose(body, draft.sender(), ledger.finality(), draft.parameters()),
                draft);
    }

    static Optional<Refusal> vote(
            GovernanceTransaction.Vote body, Transaction transaction, Draft draft) {
        Ledger ledger = draft.ledger();
        return apply(ledger.governance().vote(body, draft.sender(), ledger.finality()), draft);
    }

    private static Optional<Refusal> apply(GovernanceState.Decision decision, Draft draft) {
        if (decision instanceof GovernanceState.Decision.Refused refused) {
            return Transition.refuse(
                    new Refusal.GovernanceRefused(refused.code(), refused.reason()));
        }
        GovernanceState after = ((GovernanceState.Decision.Taken) decision).state();
        draft.change(ledger -> ledger.withGovernance(after));
        return Transition.done();
    }
}
