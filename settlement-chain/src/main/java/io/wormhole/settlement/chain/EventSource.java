package io.wormhole.settlement.chain;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.LedgerFact;
import java.util.List;
import java.util.Optional;

/** The chain as far as {@link ChainEvents} looks at it. */
public interface EventSource {
    /** The block of the followed chain at a height. */
    Optional<Hash> followed(long height);

    /** The parent of a block that is or was followed. */
    Optional<Hash> parent(Hash block);

    /** What the transactions of a block do. */
    List<LedgerFact> facts(Hash block);
}
