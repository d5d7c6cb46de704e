package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Who is refused until when; time comes in as an argument; for one owner. */
final class Bans {
    /** As good as for ever. */
    static final Duration FOREVER = Duration.ofDays(36_500);

    private static final int MOST = 100_000;

    private final Map<LinkKey, Long> until = new HashMap<>();

    /** Refuses a peer for some time. */
    void add(LinkKey key, Duration time, long nowMillis) {
        if (until.size() > MOST) {
            until.values().removeIf(end -> end <= nowMillis);
        }
        if (until.size() <= MOST) {
            until.put(key, nowMillis + time.toMillis());
        }
    }

    /** Takes a ban back. */
    void remove(LinkKey key) {
        until.remove(key);
    }

    boolean contains(LinkKey key, long nowMillis) {
        Long end = until.get(key);
        if (end != null && end <= nowMillis) {
            until.remove(key);
            return false;
        }
        return end != null;
    }
}
