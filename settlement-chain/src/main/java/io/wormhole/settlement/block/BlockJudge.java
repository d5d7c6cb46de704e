package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/** Judges a block with the ledger after its parent, as {@link BlockVerifier#apply} does. */
@FunctionalInterface
public interface BlockJudge {
    /** What the block does, or which rule it breaks; the same for the same arguments, always. */
    Judgement apply(HeaderContext context, Ledger parent, BareBlock block);

    /**
     * What a block looks at, found by running its transactions; empty when it is not what {@code
     * header} commits to, and from a judge that cannot find it. Says nothing about the header.
     */
    default Optional<BlockWitness> witness(
            BlockHeader parentHeader,
            Ledger parent,
            BlockHeader header,
            List<SignedTransaction> transactions) {
        return Optional.empty();
    }
}
