package io.wormhole.settlement.block;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.settlement.consensus.MedianTime;
import java.util.List;

/**
 * The headers before a block, as far as its own header depends on them.
 *
 * @param parent the header before
 * @param recentTimes times in milliseconds of the last headers, the parent's included: as many as
 *     there are, at most 11
 */
public record HeaderContext(BlockHeader parent, List<Long> recentTimes) {
    /** Refuses none and more than 11 times, and times without the parent's. */
    public HeaderContext {
        recentTimes = List.copyOf(recentTimes);
        long ancestors = Math.min(MedianTime.ANCESTORS, parent.height().value() + 1);
        if (recentTimes.size() != ancestors || !recentTimes.contains(parent.timeMillis())) {
            throw new IllegalArgumentException(
                    "%d recent times above height %s; needed: %d with the parent's"
                            .formatted(recentTimes.size(), parent.height(), ancestors));
        }
    }
}
