package io.wormhole.channel.watch;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import java.util.Optional;

/**
 * A watcher's identity and limits.
 *
 * @param key signs receipts and is whom clients appoint
 * @param mostClients at any time
 */
public record WatchOffice(
        KeyPair key, NetworkId network, WatchTerms terms, int mostClients, WatchDeskWorld world) {
    /** What is said to whom nothing is watched for yet. */
    WatchMessage.Terms offer() {
        return new WatchMessage.Terms(terms, Optional.empty(), 0, Optional.empty());
    }
}
