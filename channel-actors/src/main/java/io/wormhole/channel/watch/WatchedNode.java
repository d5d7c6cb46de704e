package io.wormhole.channel.watch;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;

/**
 * Who is watched.
 *
 * @param subscribed is told when there is anybody who watches, so that changes are worth telling
 */
public record WatchedNode(
        KeyPair key, NetworkId network, WatchClientWorld world, Runnable subscribed) {}
