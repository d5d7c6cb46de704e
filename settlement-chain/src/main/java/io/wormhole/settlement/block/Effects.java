package io.wormhole.settlement.block;

import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.ledger.Ledger;
import java.util.List;

/**
 * What a block does.
 *
 * @param ledger the ledger after it: whole where the one before was, else what the witness knows
 * @param facts what its transactions did, in order
 * @param justified the last justified checkpoint on its chain
 * @param finalised the last final checkpoint on its chain
 */
public record Effects(
        Ledger ledger, List<LedgerFact> facts, Checkpoint justified, Checkpoint finalised) {
    /** Copies the list. */
    public Effects {
        facts = List.copyOf(facts);
    }
}
