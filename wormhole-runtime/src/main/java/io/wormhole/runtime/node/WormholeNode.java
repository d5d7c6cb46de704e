package io.wormhole.runtime.node;

import com.typesafe.config.Config;
import io.wormhole.channel.node.ChannelKeeper;
import io.wormhole.channel.node.ChannelService;
import io.wormhole.channel.node.PaymentService;
import io.wormhole.channel.node.WatchService;
import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseRefused;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.runtime.line.LineService;
import io.wormhole.runtime.notice.Webhook;
import io.wormhole.runtime.oracle.OracleConfig;
import io.wormhole.runtime.oracle.OracleService;
import io.wormhole.runtime.order.CustomerOrders;
import io.wormhole.runtime.order.OrderDesk;
import io.wormhole.runtime.order.PackageStore;
import io.wormhole.runtime.payment.PaymentConfig;
import io.wormhole.runtime.payment.WatchConfig;
import io.wormhole.runtime.proto.OrderMessage;
import io.wormhole.runtime.stream.Streams;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.node.SettlementNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** A running node: settlement, channels, lines, orders; started and stopped in order. */
public final class WormholeNode implements AutoCloseable {
    private static final long LARGEST_GENESIS_BYTES = 16L << 20;
    private static final int SESSION_FRAME_BYTES = 2 << 20;
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private final NodeConfig config;
    private final NodeKeys keys;
    private final DataDirectory data;
    private final Database database;
    private final ActorSystem<Void> system;
    private final NetworkSide side;
    private final ChannelService channels;
    private final NodeBackup backup;
    private final ChannelAlarms alarms;
    private final PaymentService payments;
    private final WatchService watching;
    private final Streams streams;
    private final LineService lines;
    private final Optional<OracleService> oracles;
    private final PackageStore packages;
    private final ActorRef<CustomerOrders.Command> orders;
    private final InetSocketAddress sessionAddress;

    /**
     * Starts a node.
     *
     * @throws StartRefused when settings, keys, data or ports do not allow it
     */
    public static WormholeNode start(Config hocon) {
        return start(hocon, InstantSource.system());
    }

    /** The same, with another clock than the machine's. */
    public static WormholeNode start(Config hocon, InstantSource clock) {
        NodeConfig config = NodeConfig.of(hocon);
        OracleConfig.of(hocon);
        PaymentConfig.of(hocon);
        WatchConfig.of(hocon);
        Genesis genesis = genesis(config.genesis());
        NodeKeys keys = NodeKeys.open(config.keyFile(), config.passwordFile());
        DataDirectory data = StartSteps.openData(config, genesis);
        try {
            Database database = Database.open(DatabaseSettings.h2(data.resolve("journal")));
            try {
                return new WormholeNode(
                        hocon, new Parts(config, keys, genesis, clock), data, database);
            } catch (RuntimeException refused) {
                database.close();
                throw refused;
            }
        } catch (DatabaseRefused refused) {
            data.close();
            throw new StartRefused(String.valueOf(refused.getMessage()));
        } catch (RuntimeException refused) {
            data.close();
            throw refused;
        }
    }

    /** Reads a network file. */
    public static Genesis genesis(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new StartRefused("network file " + file + " is not a file");
            }
            if (Files.size(file) > LARGEST_GENESIS_BYTES) {
                throw new StartRefused("network file " + file + " is larger than 16 MiB");
            }
            return Genesis.decode(Bytes.of(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw new StartRefused(
                    "network file %s cannot be read (%s): make one with `wormhole network create`"
                            .formatted(file, unreadable));
        } catch (MalformedBytesException malformed) {
            throw new StartRefused(
                    "network file " + file + " is damaged: " + malformed.getMessage());
        }
    }

    /** What a node is made of. */
    private record Parts(NodeConfig config, NodeKeys keys, Genesis genesis, InstantSource clock) {}

    private WormholeNode(Config hocon, Parts parts, DataDirectory data, Database database) {
        this.config = parts.config();
        this.keys = parts.keys();
        this.data = data;
        this.database = database;
        this.streams = new Streams(parts.clock());
        this.system = StartSteps.startSystem(hocon, database);
        try {
            this.side =
                    StartSteps.await(
                            new NetworkStart(system, config, keys, data)
                                    .start(parts.genesis(), parts.clock()),
                            "wormhole.peers.port");
            this.packages = new PackageStore(data.resolve("packages"));
            Links links =
                    Links.of(
                            system,
                            LinkIdentity.of(keys.operator().seed().toArray()),
                            LinkLimits.defaults().withMaxFrameBytes(SESSION_FRAME_BYTES));
            this.alarms =
                    new ChannelAlarms(
                            config.channels().webhook().map(to -> Webhook.to(to, system.log())),
                            system.log());
            NodeChannelOwner owner = new NodeChannelOwner(this, alarms, streams);
            this.backup =
                    NodeBackup.start(
                            system,
                            config.channels().backup(),
                            keys.operator(),
                            parts.genesis().networkId());
            this.payments =
                    new PaymentService(
                            system, keys.operator(), side.settlement(), PaymentConfig.of(hocon));
            this.watching =
                    new WatchService(
                            system,
                            keys.operator(),
                            side.settlement(),
                            watchSettings(hocon, parts.clock()));
            this.channels =
                    ChannelService.start(
                            system,
                            keys.operator(),
                            side.settlement(),
                            links,
                            watching.hearing(payments.hearing(owner)),
                            ChannelKeeper.to(List.of(backup.keeper(), watching.keeper())));
            payments.start(channels);
            watching.start(channels, payments);
            streams.start(channels);
            this.lines = LineService.start(system, new NodeJobs(this));
            this.oracles =
                    side instanceof NetworkSide.Full full
                            ? Optional.of(
                                    OracleService.start(
                                            system,
                                            keys.operator(),
                                            full.node(),
                                            channels,
                                            OracleConfig.of(hocon)))
                            : Optional.empty();
            this.orders =
                    system.systemActorOf(
                            CustomerOrders.create(new NodeOrders(this), packages),
                            "customer-orders",
                            DispatcherSelector.blocking());
            owner.tell(startDesk());
            this.sessionAddress =
                    StartSteps.await(
                            channels.listen(config.sessions().host(), config.sessions().port()),
                            "wormhole.sessions.port");
        } catch (IOException disk) {
            stopSystem();
            throw new StartRefused("data directory: " + disk);
        } catch (RuntimeException refused) {
            stopSystem();
            throw refused;
        }
    }

    private WatchService.Settings watchSettings(Config hocon, InstantSource clock) {
        WatchConfig watch = WatchConfig.of(hocon);
        if (watch.terms().isPresent() && side instanceof NetworkSide.Light) {
            throw new StartRefused(
                    "wormhole.watching.offered: a light node cannot watch for others, it does not"
                            + " read every block");
        }
        return watch.settings(clock, alarms::watching);
    }

    private ActorRef<OrderDesk.Command> startDesk() {
        return system.systemActorOf(
                OrderDesk.create(
                        new OrderDesk.Tools(
                                new NodeOrders(this),
                                lines,
                                packages,
                                data.resolve("programs"),
                                keys.operator().publicKey(),
                                () -> height().thenApply(BlockHeight::value)),
                        orders),
                "order-desk",
                DispatcherSelector.blocking());
    }

    /** Height of the head. */
    CompletionStage<BlockHeight> height() {
        return settlement().head().thenApply(head -> head.height());
    }

    /** The settings. */
    public NodeConfig config() {
        return config;
    }

    /** The operator's key. */
    public KeyPair operator() {
        return keys.operator();
    }

    /** The actor system. */
    public ActorSystem<Void> system() {
        return system;
    }

    /** This node's part in the settlement network. */
    public NetworkSide side() {
        return side;
    }

    /**
     * The settlement network's full node.
     *
     * @throws FullNodeNeeded when this is a light node
     */
    public SettlementNode settlementNode() {
        if (side instanceof NetworkSide.Full full) {
            return full.node();
        }
        throw new FullNodeNeeded();
    }

    /** The chain as its users see it. */
    public Settlement settlement() {
        return side.settlement();
    }

    /** The channels. */
    public ChannelService channels() {
        return channels;
    }

    /** Alarms of channels since the start. */
    public long channelAlarms() {
        return alarms.count();
    }

    /** The copies of the channels at a second place. */
    public NodeBackup backup() {
        return backup;
    }

    /** Payments over several channels. */
    public PaymentService payments() {
        return payments;
    }

    /** Payment streams. */
    public Streams streams() {
        return streams;
    }

    /** Watching for others, and being watched. */
    public WatchService watching() {
        return watching;
    }

    /**
     * Operator, challenger and voter.
     *
     * @throws FullNodeNeeded when this is a light node
     */
    public OracleService oracles() {
        return oracles.orElseThrow(FullNodeNeeded::new);
    }

    /** The lines. */
    public LineService lines() {
        return lines;
    }

    /** The customer's orders. */
    public ActorRef<CustomerOrders.Command> orders() {
        return orders;
    }

    /** The ISA packages on disk. */
    public PackageStore packages() {
        return packages;
    }

    /** Where partners reach this node. */
    public HostPort advertisedSession() {
        return new HostPort(config.advertisedHost(), sessionAddress.getPort());
    }

    /** Where the node keeps its files. */
    public Path dataDirectory() {
        return config.dataDir();
    }

    /** Stops everything in order; what was acknowledged is stored. */
    @Override
    public void close() {
        side.stop()
                .toCompletableFuture()
                .completeOnTimeout(null, STOPPING.toSeconds(), TimeUnit.SECONDS)
                .join();
        stopSystem();
        data.close();
    }

    private void stopSystem() {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .completeOnTimeout(null, STOPPING.toSeconds(), TimeUnit.SECONDS)
                .join();
        database.close();
    }

    /** Tells a partner's order desk, if there is a link. */
    void say(PublicKey partner, OrderMessage message) {
        channels.say(partner, Bytes.of(message.toByteArray()));
    }
}
