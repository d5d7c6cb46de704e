package io.wormhole.channel.watch;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many messages of each client its account has not taken yet; of one actor alone. */
final class Backlog {
    private static final int MOST = 512;

    private final Map<PublicKey, Integer> waiting = new HashMap<>();

    /** Whether there is room for another message of a client, which waits then. */
    boolean add(PublicKey client) {
        int before = waiting.getOrDefault(client, 0);
        if (before >= MOST) {
            return false;
        }
        waiting.put(client, before + 1);
        return true;
    }

    /** What is said of a message for which there is no room. */
    static WatchMessage.Refused full(WatchMessage message) {
        Optional<Hash> hint =
                message instanceof WatchMessage.Hold hold
                        ? Optional.of(hold.hint())
                        : Optional.empty();
        return new WatchMessage.Refused(hint, "busy", "too many messages at once", 0);
    }

    /** The account has taken one. */
    void taken(PublicKey client) {
        waiting.computeIfPresent(client, (same, before) -> before > 1 ? before - 1 : null);
    }

    boolean isEmpty(PublicKey client) {
        return !waiting.containsKey(client);
    }
}
