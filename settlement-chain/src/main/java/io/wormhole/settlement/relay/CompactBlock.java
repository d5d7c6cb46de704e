package io.wormhole.settlement.relay;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.Block;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A block in short form: its header and, for each transaction, eight bytes that stand for it. There
 * is no witness, since whoever has the state before the block finds it by running the block.
 *
 * @param header the block's header
 * @param salt chosen by the sender; with it and the header nobody can make two transactions
 *     beforehand that look alike in the short form
 * @param ids one for each transaction, in the block's order
 */
public record CompactBlock(BlockHeader header, long salt, List<Long> ids) {
    /** Copies the list; refuses more ids than a block has transactions. */
    public CompactBlock {
        ids = List.copyOf(ids);
        if (ids.size() > Block.MAXIMUM_TRANSACTIONS) {
            throw new IllegalArgumentException(
                    "at most %d short ids, found %d"
                            .formatted(Block.MAXIMUM_TRANSACTIONS, ids.size()));
        }
    }

    /** The short form of a block. */
    public static CompactBlock of(Block block, long salt) {
        Hash hash = block.hash();
        return new CompactBlock(
                block.header(),
                salt,
                block.transactions().stream()
                        .map(transaction -> shortId(hash, salt, transaction.id()))
                        .toList());
    }

    /** What stands for a transaction in the short form of one block. */
    static long shortId(Hash block, long salt, Hash transaction) {
        Hash keyed =
                Hash.of(
                        DomainTag.SHORT_ID,
                        new CanonicalWriter()
                                .write(block)
                                .writeLong(salt)
                                .write(transaction)
                                .toBytes());
        return ByteBuffer.wrap(keyed.bytes().toArray()).getLong();
    }

    /** The block's identity. */
    public Hash hash() {
        return header.hash();
    }
}
