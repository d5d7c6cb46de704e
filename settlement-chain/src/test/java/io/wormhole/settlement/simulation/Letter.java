package io.wormhole.settlement.simulation;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.peer.SyncStep;
import io.wormhole.settlement.relay.CompactBlock;
import java.util.List;
import java.util.Optional;

/** What simulated nodes say to each other; the counterparts of the messages of real peers. */
sealed interface Letter {
    /** What headers and blocks are about. */
    sealed interface OfBlocks extends Letter {}

    /**
     * A head.
     *
     * @param pushed the short form of its block, if it comes along
     */
    record Head(BlockHeader header, Optional<SyncStep.Pushed> pushed) implements OfBlocks {
        Head(BlockHeader header) {
            this(header, Optional.empty());
        }
    }

    record AskHeaders(List<Hash> locator) implements OfBlocks {}

    record Headers(List<BlockHeader> headers) implements OfBlocks {}

    record AskBlocks(List<Hash> hashes) implements OfBlocks {}

    record Body(Block block) implements OfBlocks {}

    record AskCompact(Hash hash) implements OfBlocks {}

    record Compact(CompactBlock block) implements OfBlocks {}

    record AskParts(Hash hash, List<Integer> places) implements OfBlocks {}

    record Parts(Hash hash, List<SignedTransaction> transactions) implements OfBlocks {}

    record Missing(Hash hash) implements OfBlocks {}

    record Transactions(List<SignedTransaction> transactions) implements Letter {}

    record Waiting(List<Hash> ids) implements Letter {}

    record AskTransactions(List<Hash> ids) implements Letter {}
}
