package io.wormhole.settlement.peer;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.relay.CompactBlock;
import java.util.List;

/**
 * What synchronisation wants done next.
 *
 * @param <P> how a peer is named
 */
public sealed interface SyncStep<P> {
    /**
     * The short form of a block that came unasked, together with its header.
     *
     * @param added transactions of the block that came with it
     */
    record Pushed(CompactBlock compact, List<SignedTransaction> added) {
        /** Copies the list. */
        public Pushed {
            added = List.copyOf(added);
        }
    }

    /** A question for a peer. */
    sealed interface Ask<P> extends SyncStep<P> {
        /** Whom to ask. */
        P peer();
    }

    /** Ask for the headers after the first of these hashes that the peer follows. */
    record AskHeaders<P>(P peer, List<Hash> locator) implements Ask<P> {}

    /** Ask for blocks, which may come with their witnesses or without. */
    record AskBlocks<P>(P peer, List<Hash> blocks) implements Ask<P> {}

    /** Ask for one block in its short form. */
    record AskCompact<P>(P peer, Hash block) implements Ask<P> {}

    /** Ask for the transactions of a block at these places. */
    record AskParts<P>(P peer, Hash block, List<Integer> places) implements Ask<P> {}

    /** Make a block of its short form; the answer goes to {@link Synchronisation#rebuilt}. */
    record Rebuild<P>(CompactBlock compact, List<SignedTransaction> sent) implements SyncStep<P> {}

    /** Import a block; the answer goes to {@link Synchronisation#imported}. */
    record Import<P>(BareBlock block) implements SyncStep<P> {}

    /** The peer has not answered in time. */
    record Late<P>(P peer) implements SyncStep<P> {}

    /** The peer's block is too far ahead of this node's clock. */
    record Ahead<P>(P peer, BlockHeader header) implements SyncStep<P> {}

    /** The peer did what no honest one does: end with it. */
    record Punish<P>(P peer, String why) implements SyncStep<P> {}
}
