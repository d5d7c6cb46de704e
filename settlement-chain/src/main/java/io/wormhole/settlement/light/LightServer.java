package io.wormhole.settlement.light;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import java.util.List;
import java.util.Optional;

/**
 * A full node as a light client sees it: it may lie, or be gone. Calls may block.
 *
 * <p>Every method may throw {@link Unreachable}, and {@link IllegalArgumentException} for an answer
 * that is none.
 */
public interface LightServer {
    /** The server does not answer. */
    final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Says why. */
        public Unreachable(String why) {
            super(why);
        }
    }

    /** For messages to people. */
    String name();

    /** The highest final checkpoint up to an epoch, with its proof. */
    Optional<FinalityProof> finality(long upToEpoch);

    /** The consensus map after the block at a height, as far as its stakes need it. */
    Optional<PartialMap> consensus(long height);

    /** Headers of the followed chain from a height up. */
    List<BlockHeader> headers(long fromHeight);

    /** A whole block; empty when the server does not have it. */
    Optional<Block> block(Hash block);

    /** What the state after a block holds, or does not hold; empty when it is not kept any more. */
    Optional<StateProof> state(Hash block, StateTree tree, Hash key);

    /** A transaction in a block of the followed chain. */
    Optional<InclusionProof> transaction(Hash id);
}
