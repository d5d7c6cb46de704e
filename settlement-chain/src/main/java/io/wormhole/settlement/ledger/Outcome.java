package io.wormhole.settlement.ledger;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import java.util.List;

/** What the ledger says to a transaction. */
public sealed interface Outcome {
    /**
     * It holds. Fee and rent are out of the accounts and not yet with the producer, who gets them
     * at the end of the block.
     *
     * @param ledger the ledger after it
     * @param fee what the sender paid for bytes and gas
     * @param rent what accounts paid that it touched
     * @param facts what it did, its {@link LedgerFact.TransactionApplied} first
     */
    record Applied(Ledger ledger, Amount fee, Amount rent, List<LedgerFact> facts)
            implements Outcome {
        /** Copies the list. */
        public Applied {
            facts = List.copyOf(facts);
        }
    }

    /** The rules refuse it; the ledger is as before. */
    record Rejected(Refusal refusal) implements Outcome {}
}
