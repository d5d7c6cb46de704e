package io.wormhole.settlement.node;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.peer.PeerEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How a light node of the settlement network runs.
 *
 * @param genesis the network
 * @param state the file that holds the last final checkpoint
 * @param trusted a checkpoint from outside to begin at, when nothing newer is stored
 * @param nodeKey by which full nodes know this node; holds no money
 * @param servers full nodes, none of which is trusted; one honest one is enough
 * @param poll how often they are asked for news
 * @param clock the machine's clock
 */
public record LightSettings(
        Genesis genesis,
        Path state,
        Optional<Checkpoint> trusted,
        KeyPair nodeKey,
        List<PeerEndpoint> servers,
        Duration poll,
        InstantSource clock) {
    /** Copies the list; refuses a node that asks nobody. */
    public LightSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("a light node needs full nodes to ask");
        }
        if (poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException("polls every " + poll + "; allowed: above zero");
        }
    }

    /** Begins at genesis and polls four times a block, at least once in five seconds. */
    public static LightSettings of(
            Genesis genesis, Path state, KeyPair nodeKey, List<PeerEndpoint> servers) {
        long spacing = genesis.parameters().pacing().targetSpacingMillis();
        return new LightSettings(
                genesis,
                state,
                Optional.empty(),
                nodeKey,
                servers,
                Duration.ofMillis(Math.max(100, Math.min(5_000, spacing / 4))),
                InstantSource.system());
    }

    /** The same, beginning at a checkpoint from outside. */
    public LightSettings withTrusted(Checkpoint checkpoint) {
        return new LightSettings(
                genesis, state, Optional.of(checkpoint), nodeKey, servers, poll, clock);
    }

    /** The same, with another clock. */
    public LightSettings withClock(InstantSource other) {
        return new LightSettings(genesis, state, trusted, nodeKey, servers, poll, other);
    }
}
