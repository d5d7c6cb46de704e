package io.wormhole.cluster.formation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.formation.ClusterSettings.Together;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.journal.Journal;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkTls;
import io.wormhole.cluster.settings.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.remote.RemoteTransportException;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;

/**
 * One running node: an actor system that is a member of its cluster, on its database.
 *
 * <pre>{@code
 * try (Database database = Database.open(DatabaseSettings.h2(file))) {
 *     ClusterNode<Command> node = ClusterNode.start(
 *             guardian, new ClusterSettings.Alone(), Optional.of(database), config);
 *     node.up().thenRun(...);
 *     node.stop().toCompletableFuture().join();
 * }
 * }</pre>
 *
 * @param <T> the messages of the guardian
 */
public final class ClusterNode<T> {
    /** Name of the actor system, the same on each node of a cluster. */
    public static final String SYSTEM = "wormhole";

    private final ActorSystem<T> system;
    private final Optional<Database> database;
    private final CompletableFuture<Done> up = new CompletableFuture<>();

    private ClusterNode(ActorSystem<T> system, Optional<Database> database) {
        this.system = system;
        this.database = database;
    }

    /**
     * Starts a node and lets it join.
     *
     * @param database where its entities are stored; the caller closes it after {@link #stop()}.
     *     Empty for a node without event-sourced entities
     * @param config settings of the program, with its {@code reference.conf}; what this class sets
     *     for Pekko wins over it
     * @throws FormationRefused when the address cannot be listened on
     * @throws IllegalArgumentException when nodes of a cluster would each have a database of their
     *     own
     */
    public static <T> ClusterNode<T> start(
            Behavior<T> guardian,
            ClusterSettings settings,
            Optional<Database> database,
            Config config) {
        boolean ownFile =
                database.filter(opened -> opened.settings() instanceof DatabaseSettings.H2File)
                        .isPresent();
        if (settings instanceof Together && ownFile) {
            throw new IllegalArgumentException(
                    "the nodes of a cluster share one database; allowed is kind = postgresql");
        }
        Config merged = config(settings);
        if (database.isPresent()) {
            merged = merged.withFallback(Journal.config(database.get()));
        }
        List<Setup> setups = new ArrayList<>();
        setups.add(BootstrapSetup.create(merged.withFallback(config)));
        setups.add(SSLEngineProviderSetup.create(system -> new NodeTls(tls(settings))));
        database.map(Journal::setup).ifPresent(setups::add);
        ClusterNode<T> node = new ClusterNode<>(create(guardian, setups, settings), database);
        node.join(settings);
        return node;
    }

    private static <T> ActorSystem<T> create(
            Behavior<T> guardian, List<Setup> setups, ClusterSettings settings) {
        try {
            return ActorSystem.create(
                    guardian, SYSTEM, ActorSystemSetup.create(setups.toArray(Setup[]::new)));
        } catch (RemoteTransportException e) {
            String where =
                    settings instanceof Together together
                            ? together.address().toString()
                            : "a free port of 127.0.0.1";
            throw new FormationRefused(
                    "the cluster node cannot listen on " + where + ": " + e.getMessage(), e);
        }
    }

    /** What Pekko is told, without the settings of the program. */
    static Config config(ClusterSettings settings) {
        Config base = ConfigFactory.parseResources("wormhole-node.conf");
        if (settings instanceof Together together) {
            HostPort address = together.address();
            Map<String, Object> own =
                    Map.of(
                            "pekko.remote.artery.canonical.hostname", address.host(),
                            "pekko.remote.artery.canonical.port", address.port(),
                            "pekko.remote.artery.bind.hostname", address.host());
            return ConfigFactory.parseMap(own)
                    .withFallback(ConfigFactory.parseResources("wormhole-cluster.conf"))
                    .withFallback(base);
        }
        return base;
    }

    private static LinkTls tls(ClusterSettings settings) {
        if (settings instanceof Together together) {
            return LinkTls.among(together.identity(), together.nodeKeys());
        }
        // Nobody else has this key, so nobody else gets past the handshake.
        LinkIdentity own = LinkIdentity.random();
        return LinkTls.among(own, Set.of(own.key()));
    }

    private void join(ClusterSettings settings) {
        Cluster cluster = Cluster.get(system);
        org.apache.pekko.cluster.Cluster.get(system.classicSystem())
                .registerOnMemberUp(() -> up.complete(Done.getInstance()));
        if (settings instanceof Together together) {
            List<Address> seeds = together.seeds().stream().map(ClusterNode::addressOf).toList();
            org.apache.pekko.cluster.Cluster.get(system.classicSystem()).joinSeedNodes(seeds);
        } else {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
    }

    private static Address addressOf(HostPort seed) {
        return new Address("pekko", SYSTEM, seed.host(), seed.port());
    }

    /** The actor system. */
    public ActorSystem<T> system() {
        return system;
    }

    /** Completes when this node has become a member that is up. */
    public CompletionStage<Done> up() {
        return up.copy();
    }

    /** How the node is now; asks the database, so not to be called from an actor. */
    public Readiness readiness() {
        ClusterEvent.CurrentClusterState state = Cluster.get(system).state();
        Set<Member> unreachable = state.getUnreachable();
        int members = 0;
        for (Member member : state.getMembers()) {
            if (member.status().equals(MemberStatus.up()) && !unreachable.contains(member)) {
                members++;
            }
        }
        boolean selfUp = Cluster.get(system).selfMember().status().equals(MemberStatus.up());
        return new Readiness(selfUp, members, database.flatMap(Database::probe));
    }

    /**
     * Leaves the cluster in an orderly way and stops the actor system. Each phase of it has a time
     * limit, so this completes even when a connection to a node that has gone does not end.
     */
    public CompletionStage<Done> stop() {
        return CoordinatedShutdown.get(system.classicSystem())
                .runAll(CoordinatedShutdown.actorSystemTerminateReason());
    }
}
