package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/**
 * How much fits into a block.
 *
 * @param maximumTransactionBytes all signed transactions together, 262,144 to 8,388,608
 * @param maximumGas time and space gas limits of all transactions together, up to 2^48
 * @param maximumSpace space gas limit of one transaction, up to 2^26
 */
public record BlockLimits(int maximumTransactionBytes, long maximumGas, long maximumSpace)
        implements Canonical {
    /** Checks the ranges: at least the largest transaction must fit. */
    public BlockLimits {
        Range.require("bytes of a block", maximumTransactionBytes, 1 << 18, 1 << 23);
        Range.require("gas of a block", maximumGas, 1, 1L << 48);
        Range.require("space of a transaction", maximumSpace, 1, 1L << 26);
    }

    /** Reads the fields in order. */
    public static BlockLimits readFrom(CanonicalReader in) {
        return new BlockLimits(in.readInt(), in.readLong(), in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeInt(maximumTransactionBytes).writeLong(maximumGas).writeLong(maximumSpace);
    }
}
