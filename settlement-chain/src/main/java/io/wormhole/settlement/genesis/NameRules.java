package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.naming.Name;

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
    private static final int LONGEST_AUCTIONED = 3;

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

    /** Whether a name is short enough that many want it: one to three characters at the top. */
    public boolean isAuctioned(Name name) {
        return name.parent().isEmpty() && length(name) <= LONGEST_AUCTIONED;
    }

    /** The least first bid: the claim's fee, times eight for every character below four. */
    public Amount firstBid(Name name) {
        long factor = 1L << (3 * (LONGEST_AUCTIONED + 1 - length(name)));
        return claimFee.baseUnits() > Long.MAX_VALUE / factor
                ? Amount.of(Long.MAX_VALUE)
                : claimFee.times(factor);
    }

    /** How long an auction waits for a higher bid: as long as a preclaim waits for its claim. */
    public long auctionBlocks() {
        return preclaimMaximumBlocks;
    }

    private static int length(Name name) {
        return name.segments().get(0).length();
    }
}
