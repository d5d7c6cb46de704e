package io.wormhole.runtime.node;

import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.node.LightNode;
import io.wormhole.settlement.node.LightSettings;
import io.wormhole.settlement.node.NodeSettings;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.peer.DnsSeeds;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** Starts a node's part in the settlement network, full or light, as its settings say. */
record NetworkStart(ActorSystem<?> system, NodeConfig config, NodeKeys keys, DataDirectory data) {
    /** Starts the side that the roles ask for. */
    CompletionStage<NetworkSide> start(Genesis genesis, InstantSource clock) {
        return config.roles().contains(NodeConfig.Role.LIGHT)
                ? startLight(genesis, clock).thenApply(node -> new NetworkSide.Light(node, clock))
                : startFull(genesis, clock).thenApply(NetworkSide.Full::new);
    }

    private List<PeerEndpoint> firstPeers() {
        List<PeerEndpoint> peers = new ArrayList<>();
        config.dial().forEach(peer -> peers.add(PeerEndpoint.of(peer.host(), peer.port())));
        config.discovery().seeds().forEach(seed -> peers.addAll(behind(seed)));
        return peers;
    }

    private List<PeerEndpoint> behind(HostPort seed) {
        List<PeerEndpoint> found = DnsSeeds.resolve(seed.host(), seed.port());
        if (found.isEmpty()) {
            system.log()
                    .warn(
                            "wormhole.peers.dns-seeds: nothing is known of the name {} (mistyped, or no name server?); it is asked again at the next start",
                            seed.host());
        }
        return found;
    }

    private CompletionStage<LightNode> startLight(Genesis genesis, InstantSource clock) {
        List<PeerEndpoint> servers = firstPeers();
        if (config.roles().size() > 1) {
            throw new StartRefused("wormhole.roles: light goes with no other role");
        }
        if (servers.isEmpty()) {
            throw new StartRefused(
                    "wormhole.peers.dial: a light node needs full nodes to ask, best several of different operators; none are named there or known behind dns-seeds");
        }
        LightSettings settings =
                LightSettings.of(genesis, data.resolve("light.checkpoint"), keys.node(), servers)
                        .withClock(clock);
        return LightNode.start(
                system,
                config.trusted().isPresent()
                        ? settings.withTrusted(config.trusted().get())
                        : settings);
    }

    private CompletionStage<SettlementNode> startFull(Genesis genesis, InstantSource clock) {
        NodeSettings settings =
                NodeSettings.full(
                        genesis,
                        config.chain().database(data.resolve("chain")),
                        keys.node(),
                        PeerSettings.of(config.peers().host(), config.peers().port(), firstPeers())
                                .withWantedPeers(config.discovery().wanted()));
        settings = settings.withClock(clock).withHistory(config.chain().history());
        if (config.roles().contains(NodeConfig.Role.MINER)) {
            settings = settings.withMiner(keys.operator().address());
        }
        if (config.roles().contains(NodeConfig.Role.VALIDATOR)) {
            settings = settings.withValidator(keys.operator());
        }
        if (config.trusted().isPresent()) {
            settings = settings.withTrusted(config.trusted().get());
        }
        return SettlementNode.start(system, settings);
    }
}
