package io.wormhole.settlement.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.Transfer;
import java.util.Optional;

/** Transfers of money. */
final class Transfers {
    private Transfers() {}

    static Amount cost(Transfer body, TransitionTable.CostContext context) {
        return body.amount();
    }

    static Optional<Refusal> transfer(Transfer body, Transaction transaction, Draft draft) {
        // To oneself it moves nothing and serves to anchor a data hash.
        if (body.amount().isZero() && !body.to().equals(draft.sender())) {
            return Transition.refuse(new Refusal.TransferOfNothing(body.to()));
        }
        draft.debit(draft.sender(), body.amount());
        draft.credit(body.to(), body.amount());
        draft.fact(new LedgerFact.Transferred(draft.sender(), body.to(), body.amount()));
        return Transition.done();
    }
}
