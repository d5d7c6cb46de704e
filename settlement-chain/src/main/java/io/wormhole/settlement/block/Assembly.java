package io.wormhole.settlement.block;

import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.Refusal;
import java.util.List;

/**
 * A block that only lacks its proof of work.
 *
 * @param unsolved the block with an empty cycle
 * @param effects what it does
 * @param dropped candidates that the ledger refuses now; some may become valid later
 */
public record Assembly(Block unsolved, Effects effects, List<Dropped> dropped) {
    /** Copies the list. */
    public Assembly {
        dropped = List.copyOf(dropped);
    }

    /** A candidate and why it is not in the block. */
    public record Dropped(SignedTransaction transaction, Refusal refusal) {}
}
