package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;

/**
 * A connected peer.
 *
 * @param key its node key
 * @param address where the link goes to or comes from
 * @param isOutbound whether this node has dialled
 * @param agent what the peer says it runs
 * @param height of the highest head that it has told
 * @param clockOffsetMillis its clock less this node's
 */
public record PeerStatus(
        LinkKey key,
        String address,
        boolean isOutbound,
        String agent,
        long height,
        long clockOffsetMillis) {}
