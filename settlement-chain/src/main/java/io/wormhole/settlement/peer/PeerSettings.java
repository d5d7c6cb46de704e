package io.wormhole.settlement.peer;

import java.time.Duration;
import java.util.List;

/**
 * How a node meets others.
 *
 * @param host local address to listen on
 * @param port TCP port to listen on; 0 takes any free one
 * @param peers whom to dial and keep connected
 * @param maximumPeers most sessions at a time
 * @param redialFirst wait before the second attempt to reach a peer; doubles up to redialMost
 * @param redialMost longest wait between two attempts
 * @param requestTimeout how long a peer may take to answer a request
 * @param banTime how long a peer that misbehaved is refused
 * @param wantedPeers below so many sessions, addresses that peers tell are dialled; 0: never
 * @param maximumClockOffset how far clocks of peers may be from this node's
 */
public record PeerSettings(
        String host,
        int port,
        List<PeerEndpoint> peers,
        int maximumPeers,
        int wantedPeers,
        Duration redialFirst,
        Duration redialMost,
        Duration requestTimeout,
        Duration banTime,
        Duration maximumClockOffset) {
    /** Copies the list; refuses an impossible port or number of peers. */
    public PeerSettings {
        peers = List.copyOf(peers);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + "; allowed: 0 to 65535");
        }
        if (wantedPeers < 0 || wantedPeers > maximumPeers) {
            throw new IllegalArgumentException(
                    wantedPeers + " wanted peers; allowed: 0 to " + maximumPeers);
        }
        if (maximumPeers < 1) {
            throw new IllegalArgumentException(
                    "at most " + maximumPeers + " peers; allowed: from 1");
        }
    }

    /** Listens on {@code host} and {@code port}, dials {@code peers}, the rest as usual. */
    public static PeerSettings of(String host, int port, List<PeerEndpoint> peers) {
        return new PeerSettings(
                host,
                port,
                peers,
                64,
                0,
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(9));
    }

    /** The same, looking for more peers by itself while there are fewer than so many. */
    public PeerSettings withWantedPeers(int wanted) {
        return new PeerSettings(
                host,
                port,
                peers,
                maximumPeers,
                wanted,
                redialFirst,
                redialMost,
                requestTimeout,
                banTime,
                maximumClockOffset);
    }
}
