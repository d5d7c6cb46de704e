package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;

/**
 * What names cost and how long they last.
 *
 * @param preclaimMinimumBlocks a claim comes at least so many blocks after its preclaim, 1 or more
 * @param preclaimMaximumBlocks and at most so many
 * @param termBlocks how long a claimed name lives
 * @param maximumTermBlocks how far ahead its end can be moved
 * @param claimFee burned by the claim or renewal of a top-level name
 * @param subNameFee burned by the claim or renewal of a lower name
 */
public record NameRules(
        long preclaimMinimumBlocks,
        long preclaimMaximumBlocks,
        long termBlocks,
        long maximumTermBlocks,
        Amount claimFee,
        Amount subNameFee)
        implements Canonical {
    private static final long MAXIMUM_BLOCKS = 100_000_000;

    /** Checks the ranges. */
    public NameRules {
        Range.require("preclaim minimum", preclaimMinimumBlocks, 1, MAXIMUM_BLOCKS);
        Range.require(
                "preclaim maximum", preclaimMaximumBlocks, preclaimMinimumBlocks, MAXIMUM_BLOCKS);
        Range.require("name term", termBlocks, 1, MAXIMUM_BLOCKS);
        Range.require("maximum name term", maximumTermBlocks, termBlocks, MAXIMUM_BLOCKS);
    }

    /** Reads the fields in order. */
    public static NameRules readFrom(CanonicalReader in) {
        return new NameRules(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Amount.readFrom(in),
                Amount.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(preclaimMinimumBlocks)
                .writeLong(preclaimMaximumBlocks)
                .writeLong(termBlocks)
                .writeLong(maximumTermBlocks)
                .write(claimFee)
                .write(subNameFee);
    }
}
