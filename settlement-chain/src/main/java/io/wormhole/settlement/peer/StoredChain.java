package io.wormhole.settlement.peer;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;
import java.util.Optional;

/** The blocks that a node has, as far as peers are concerned; may wait for a database. */
public interface StoredChain {
    /** The height of the head of the followed chain. */
    long headHeight();

    /** The header of a block that is stored, followed or not. */
    Optional<BlockHeader> header(Hash block);

    /** Hashes of the followed chain from a height upwards, at most so many. */
    List<Hash> followed(long fromHeight, int most);

    /** Whether a block is stored. */
    default boolean has(Hash block) {
        return header(block).isPresent();
    }
}
