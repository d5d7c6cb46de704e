package io.wormhole.settlement.peer;

import io.wormhole.cluster.link.LinkKey;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;

/** Who is refused and why, and the counts of what has happened; for the hub's thread. */
final class Discipline {
    private final Bans bans = new Bans();
    private final Duration banTime;
    private final Connector connector;
    private final Logger log;
    private HubStatus.Counts counts = HubStatus.Counts.NONE;

    /**
     * Nobody is refused yet.
     *
     * @param banTime how long a peer that misbehaved is refused
     */
    Discipline(Duration banTime, Connector connector, Logger log) {
        this.banTime = banTime;
        this.connector = connector;
        this.log = log;
    }

    HubStatus.Counts counts() {
        return counts;
    }

    void count(UnaryOperator<HubStatus.Counts> what) {
        counts = what.apply(counts);
    }

    boolean isBanned(LinkKey key, long nowMillis) {
        return bans.contains(key, nowMillis);
    }

    /** The operator refuses a peer. */
    void ban(LinkKey key, long nowMillis) {
        bans.add(key, Bans.FOREVER, nowMillis);
        counts = counts.plusBanned();
    }

    void unban(LinkKey key) {
        bans.remove(key);
    }

    /** A peer did what no honest one does. */
    void punish(LinkKey key, String name, String what, long nowMillis) {
        log.warn("Peer {} misbehaved and is banned: {}", name, what);
        counts = counts.plusMisbehaved().plusBanned();
        bans.add(key, banTime, nowMillis);
        connector.slowDown(key, nowMillis);
    }
}
