package io.wormhole.settlement.node;

import io.wormhole.protocol.block.BlockHeader;
import java.util.Map;

/**
 * Where a light node stands.
 *
 * @param head the end of the best chain of headers, not final yet
 * @param finalised the last final checkpoint
 * @param servers full nodes that are asked
 * @param liars full nodes that are not asked any more, each with what it did
 * @param answeredMillis when a server has answered last; 0: never
 */
public record LightStatus(
        BlockHeader head,
        BlockHeader finalised,
        int servers,
        Map<String, String> liars,
        long answeredMillis) {
    /** Copies the map. */
    public LightStatus {
        liars = Map.copyOf(liars);
    }
}
