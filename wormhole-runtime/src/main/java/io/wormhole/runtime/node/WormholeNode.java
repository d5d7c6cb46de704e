package io.wormhole.runtime.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.service.ChannelOwner;
import io.wormhole.channel.service.ChannelService;
import io.wormhole.cluster.data.DataDirectory;
import io.wormhole.cluster.data.DataRefused;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseRefused;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.journal.Journal;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.runtime.job.JobWorld;
import io.wormhole.runtime.line.LineService;
import io.wormhole.runtime.order.ChannelNotice;
import io.wormhole.runtime.order.CustomerOrders;
import io.wormhole.runtime.order.OrderDesk;
import io.wormhole.runtime.order.OrderWorld;
import io.wormhole.runtime.order.PackageStore;
import io.wormhole.runtime.proto.OrderMessage;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.node.NodeSettings;
import io.wormhole.settlement.node.SettlementNode;
import io.wormhole.settlement.peer.PeerEndpoint;
import io.wormhole.settlement.peer.PeerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A running node: settlement, channels, lines, orders; started and stopped in order. */
public final class WormholeNode implements AutoCloseable {
    private static final long LARGEST_GENESIS_BYTES = 16L << 20;
    private static final int SESSION_FRAME_BYTES = 2 << 20;
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private final NodeConfig config;
    private final NodeKeys keys;
    private final DataDirectory data;
    private final Database database;
    private final ActorSystem<Void> system;
    private final SettlementNode settlementNode;
    private final ChannelService channels;
    private final LineService lines;
    private final PackageStore packages;
    private final ActorRef<CustomerOrders.Command> orders;
    private final InetSocketAddress sessionAddress;

    /**
     * Starts a node.
     *
     * @throws StartRefused when settings, keys, data or ports do not allow it
     */
    public static WormholeNode start(Config hocon) {
        NodeConfig config = NodeConfig.of(hocon);
        Genesis genesis = genesis(config.genesis());
        NodeKeys keys = NodeKeys.open(config.keyFile(), config.passwordFile());
        DataDirectory data = openData(config, genesis);
        try {
            Database database = Database.open(DatabaseSettings.h2(data.resolve("journal")));
            try {
                return new WormholeNode(hocon, config, keys, genesis, data, database);
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

    private static DataDirectory openData(NodeConfig config, Genesis genesis) {
        try {
            return DataDirectory.open(config.dataDir(), genesis.networkId().toString());
        } catch (DataRefused refused) {
            throw new StartRefused(String.valueOf(refused.getMessage()));
        }
    }

    private WormholeNode(
            Config hocon,
            NodeConfig config,
            NodeKeys keys,
            Genesis genesis,
            DataDirectory data,
            Database database) {
        this.config = config;
        this.keys = keys;
        this.data = data;
        this.database = database;
        this.system = startSystem(hocon, database);
        try {
            this.settlementNode = await(startSettlement(genesis), "wormhole.peers.port");
            this.packages = new PackageStore(data.resolve("packages"));
            Links links =
                    Links.of(
                            system,
                            LinkIdentity.of(keys.operator().seed().toArray()),
                            LinkLimits.defaults().withMaxFrameBytes(SESSION_FRAME_BYTES));
            Owner owner = new Owner();
            this.channels =
                    ChannelService.start(
                            system, keys.operator(), settlementNode.settlement(), links, owner);
            this.lines = LineService.start(system, new Jobs());
            this.orders =
                    system.systemActorOf(
                            CustomerOrders.create(new Orders(), packages),
                            "customer-orders",
                            DispatcherSelector.blocking());
            owner.desk = Optional.of(startDesk());
            this.sessionAddress =
                    await(
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

    private static ActorSystem<Void> startSystem(Config hocon, Database database) {
        Config config =
                Journal.config(database)
                        .withFallback(hocon)
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve();
        ActorSystem<Void> system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "wormhole",
                        ActorSystemSetup.create(
                                BootstrapSetup.create(config), Journal.setup(database)));
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        return system;
    }

    private CompletionStage<SettlementNode> startSettlement(Genesis genesis) {
        NodeSettings settings =
                NodeSettings.full(
                        genesis,
                        config.chain().database(data.resolve("chain")),
                        keys.node(),
                        PeerSettings.of(
                                config.peers().host(),
                                config.peers().port(),
                                config.dial().stream()
                                        .map(peer -> PeerEndpoint.of(peer.host(), peer.port()))
                                        .toList()));
        settings = settings.withHistory(config.chain().history());
        if (config.roles().contains(NodeConfig.Role.MINER)) {
            settings = settings.withMiner(keys.operator().address());
        }
        if (config.roles().contains(NodeConfig.Role.VALIDATOR)) {
            settings = settings.withValidator(keys.operator());
        }
        return SettlementNode.start(system, settings);
    }

    private ActorRef<OrderDesk.Command> startDesk() {
        return system.systemActorOf(
                OrderDesk.create(
                        new OrderDesk.Tools(
                                new Orders(),
                                lines,
                                packages,
                                data.resolve("programs"),
                                keys.operator().publicKey(),
                                () -> height().thenApply(BlockHeight::value)),
                        orders),
                "order-desk",
                DispatcherSelector.blocking());
    }

    /** Waits for a part to start; {@code portSetting} is named when its port cannot be had. */
    private static <T> T await(CompletionStage<T> stage, String portSetting) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(STARTING.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StartRefused(inWords(cause, portSetting));
        }
    }

    private static String inWords(Throwable cause, String portSetting) {
        if (cause instanceof TimeoutException) {
            return "the node did not start within " + STARTING.toSeconds() + " s";
        }
        String message = String.valueOf(cause.getMessage());
        return message.contains("cannot listen")
                ? "%s: is another node running? set %s to a free port"
                        .formatted(message, portSetting)
                : message;
    }

    private CompletionStage<BlockHeight> height() {
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

    /** The settlement network's node. */
    public SettlementNode settlementNode() {
        return settlementNode;
    }

    /** The chain as its users see it. */
    public Settlement settlement() {
        return settlementNode.settlement();
    }

    /** The channels. */
    public ChannelService channels() {
        return channels;
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
        settlementNode
                .stop()
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

    private void say(PublicKey partner, OrderMessage message) {
        channels.say(partner, Bytes.of(message.toByteArray()));
    }

    /** What orders need of this node. */
    private final class Orders implements OrderWorld {
        @Override
        public Address self() {
            return keys.operator().address();
        }

        @Override
        public NetworkId network() {
            return settlement().network();
        }

        @Override
        public CompletionStage<ChannelMemory> channel(ChannelId channel) {
            return channels.inspect(channel);
        }

        @Override
        public CompletionStage<ChannelEntity.Answer> perform(
                ChannelId channel, ChannelAction action) {
            return channels.perform(channel, action);
        }

        @Override
        public void say(PublicKey partner, OrderMessage message) {
            WormholeNode.this.say(partner, message);
        }
    }

    /** What jobs need of this node. */
    private final class Jobs implements JobWorld {
        @Override
        public KeyPair lineKey() {
            return keys.operator();
        }

        @Override
        public Duration partnerSilence() {
            return config.channels().partnerSilence();
        }

        @Override
        public CompletionStage<ChannelMemory> channel(ChannelId channel) {
            return channels.inspect(channel);
        }

        @Override
        public CompletionStage<ChannelEntity.Answer> perform(
                ChannelId channel, ChannelAction action) {
            return channels.perform(channel, action);
        }

        @Override
        public CompletionStage<BlockHeight> height() {
            return WormholeNode.this.height();
        }

        @Override
        public void say(PublicKey customer, OrderMessage message) {
            WormholeNode.this.say(customer, message);
        }

        @Override
        public void ended(Name line, Hash order) {
            lines.jobOver(line, order);
        }
    }

    /** Hears of channels and partners. */
    private final class Owner implements ChannelOwner {
        private volatile Optional<ActorRef<OrderDesk.Command>> desk = Optional.empty();

        @Override
        public Optional<String> objection(PublicKey partner, ChannelTerms terms) {
            if (!terms.participants().get(1).deposit().isZero()) {
                return Optional.of("this node locks no deposit of its own in your channel");
            }
            long least = config.channels().minimumCountdownBlocks();
            return terms.countdownBlocks() < least
                    ? Optional.of("the countdown must be at least " + least + " blocks")
                    : Optional.empty();
        }

        @Override
        public void told(ChannelId channel, Effect notice) {
            system.eventStream()
                    .tell(new EventStream.Publish<>(new ChannelNotice(channel, notice)));
        }

        @Override
        public void connected(PublicKey partner) {
            orders.tell(new CustomerOrders.Connected(partner));
        }

        @Override
        public void disconnected(PublicKey partner, String reason) {
            system.log().info("partner {} is gone: {}", partner, reason);
        }

        @Override
        public void heard(PublicKey partner, Bytes payload) {
            desk.ifPresent(actor -> actor.tell(new OrderDesk.Heard(partner, payload)));
        }
    }
}
