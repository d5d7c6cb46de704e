package io.wormhole.settlement.block;

import io.wormhole.settlement.ledger.Ledger;

/** Judges a block with the ledger after its parent, as {@link BlockVerifier#apply} does. */
@FunctionalInterface
public interface BlockJudge {
    /** What the block does, or which rule it breaks; the same for the same arguments, always. */
    Judgement apply(HeaderContext context, Ledger parent, Block block);
}
