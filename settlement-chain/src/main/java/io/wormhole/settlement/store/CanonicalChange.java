package io.wormhole.settlement.store;

import io.wormhole.protocol.crypto.Hash;
import java.util.List;

/**
 * How the followed chain changes.
 *
 * @param fromHeight the first height that changes; all entries from there on are replaced
 * @param hashes the new blocks from that height up; the last is the new head
 * @param finalHash the last final block
 */
public record CanonicalChange(long fromHeight, List<Hash> hashes, Hash finalHash) {
    /** Copies the list; refuses none. */
    public CanonicalChange {
        hashes = List.copyOf(hashes);
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("a change of the chain needs a new head");
        }
    }

    /** The new head. */
    public Hash head() {
        return hashes.get(hashes.size() - 1);
    }
}
