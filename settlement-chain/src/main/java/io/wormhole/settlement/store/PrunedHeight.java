package io.wormhole.settlement.store;

import io.wormhole.protocol.crypto.Hash;
import java.util.Collection;
import java.util.List;

/**
 * What is forgotten of a height.
 *
 * @param height of the blocks whose states go; final, as is the next
 * @param stale nodes of those states that the next state of the chain has not; what a later block
 *     wrote again stays
 * @param abandoned blocks of that height off the chain, of which only the headers stay
 */
public record PrunedHeight(long height, Collection<Hash> stale, List<Hash> abandoned) {
    /** Copies the collections. */
    public PrunedHeight {
        stale = List.copyOf(stale);
        abandoned = List.copyOf(abandoned);
    }
}
