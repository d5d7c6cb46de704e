package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.settlement.consensus.CompactTarget;

/**
 * How fast blocks come.
 *
 * @param targetSpacingMillis wanted time from block to block, 1 ms to one day
 * @param minimumSpacingMillis least time from a block to its child, at most the target; 0 on public
 *     networks
 * @param halfLifeMillis time behind schedule after which the target doubles, 1 ms to one year
 * @param initialTargetBits compact target of the first block, not easier than the limit
 * @param limitTargetBits compact form of the easiest target
 */
public record Pacing(
        long targetSpacingMillis,
        long minimumSpacingMillis,
        long halfLifeMillis,
        int initialTargetBits,
        int limitTargetBits)
        implements Canonical {
    /** The longest wanted time from block to block: a day. */
    public static final long MAXIMUM_SPACING_MILLIS = 24 * 60 * 60 * 1000L;

    private static final long YEAR_MILLIS = 365 * MAXIMUM_SPACING_MILLIS;

    /** Checks the ranges. */
    public Pacing {
        Range.require("target spacing in ms", targetSpacingMillis, 1, MAXIMUM_SPACING_MILLIS);
        Range.require("minimum spacing in ms", minimumSpacingMillis, 0, targetSpacingMillis);
        Range.require("half-life in ms", halfLifeMillis, 1, YEAR_MILLIS);
        CompactTarget limit = CompactTarget.decode(limitTargetBits);
        if (CompactTarget.decode(initialTargetBits).compareTo(limit) > 0) {
            throw new IllegalArgumentException("the initial target is easier than the limit");
        }
    }

    /** Reads the fields in order. */
    public static Pacing readFrom(CanonicalReader in) {
        return new Pacing(in.readLong(), in.readLong(), in.readLong(), in.readInt(), in.readInt());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(targetSpacingMillis)
                .writeLong(minimumSpacingMillis)
                .writeLong(halfLifeMillis)
                .writeInt(initialTargetBits)
                .writeInt(limitTargetBits);
    }
}
