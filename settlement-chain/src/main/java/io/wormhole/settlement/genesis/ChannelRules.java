package io.wormhole.settlement.genesis;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/**
 * What a network demands of channels.
 *
 * @param minimumCountdownBlocks shortest countdown of a solo close, 1 or more
 * @param maximumCountdownBlocks longest countdown, up to 1,000,000
 */
public record ChannelRules(long minimumCountdownBlocks, long maximumCountdownBlocks)
        implements Canonical {
    /** Checks the ranges. */
    public ChannelRules {
        Range.require("minimum countdown", minimumCountdownBlocks, 1, 1_000_000);
        Range.require(
                "maximum countdown", maximumCountdownBlocks, minimumCountdownBlocks, 1_000_000);
    }

    /** Reads the fields in order. */
    public static ChannelRules readFrom(CanonicalReader in) {
        return new ChannelRules(in.readLong(), in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(minimumCountdownBlocks).writeLong(maximumCountdownBlocks);
    }
}
