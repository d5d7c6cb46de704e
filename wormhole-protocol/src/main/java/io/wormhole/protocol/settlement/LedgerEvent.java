package io.wormhole.protocol.settlement;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;

/** What a follower of the chain sees, in order. */
public sealed interface LedgerEvent {
    /** The block's height. */
    BlockHeight height();

    /** A block became the head; tentative until {@link Finalised}. */
    record BlockApplied(BlockHeight height, Hash block, List<LedgerFact> facts)
            implements LedgerEvent {
        /** Copies the list. */
        public BlockApplied {
            facts = List.copyOf(facts);
        }
    }

    /** The head was taken back by a reorganisation: forget what its {@link BlockApplied} said. */
    record BlockUndone(BlockHeight height, Hash block) implements LedgerEvent {}

    /** This block and all below are never undone. */
    record Finalised(BlockHeight height, Hash block) implements LedgerEvent {}
}
