package io.wormhole.channel.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.payment.PaymentSettings;
import io.wormhole.channel.watch.WatchTerms;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.journal.Journal;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.settlement.Settlement;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** One operator's channels and payments, on an actor system and a journal of its own. */
final class PaymentNode implements AutoCloseable {
    private static final String CONFIG =
            """
            pekko.remote.artery.transport = tcp
            pekko.loglevel = WARNING
            pekko.coordinated-shutdown.default-phase-timeout = 3s
            """;

    final KeyPair key;
    private final Settlement chain;
    private final Path directory;
    private final PaymentSettings settings;
    private final Optional<WatchTerms> offers;
    private Optional<Running> running = Optional.empty();

    /** Troubles with watching. */
    final List<String> alarms = new CopyOnWriteArrayList<>();

    /** Is told what happens in channels, by their own threads. */
    volatile BiConsumer<ChannelId, Effect> told = (channel, notice) -> {};

    /** Is told what channels have become, by their own threads and before anybody else. */
    volatile BiConsumer<ChannelId, KnownChannel> changed = (channel, memory) -> {};

    private record Running(
            Database database,
            ActorSystem<Void> system,
            ChannelService channels,
            PaymentService payments,
            WatchService watching,
            int port) {}

    PaymentNode(KeyPair key, Settlement chain, Path directory, PaymentSettings settings) {
        this(key, chain, directory, settings, Optional.empty());
    }

    /** The same that watches for others, if it offers that. */
    PaymentNode(
            KeyPair key,
            Settlement chain,
            Path directory,
            PaymentSettings settings,
            Optional<WatchTerms> offers) {
        this.offers = offers;
        this.key = key;
        this.chain = chain;
        this.directory = directory;
        this.settings = settings;
        start();
    }

    /** Starts from what is stored. */
    void start() {
        Database database = Database.open(DatabaseSettings.h2(directory.resolve("journal")));
        Config config =
                ConfigFactory.parseString(CONFIG)
                        .withFallback(Journal.config(database))
                        .withFallback(ConfigFactory.parseResources("wormhole-node.conf"))
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve();
        ActorSystem<Void> system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "payments",
                        ActorSystemSetup.create(
                                BootstrapSetup.create(config), Journal.setup(database)));
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        Links links =
                Links.of(
                        system,
                        LinkIdentity.of(key.seed().toArray()),
                        LinkLimits.defaults().withMaxFrameBytes(2 << 20));
        PaymentService payments = new PaymentService(system, key, chain, settings);
        WatchService watching =
                new WatchService(
                        system,
                        key,
                        chain,
                        new WatchService.Settings(
                                offers,
                                100,
                                InstantSource.system(),
                                (about, code, words) -> alarms.add(code)));
        ChannelService channels =
                ChannelService.start(
                        system,
                        key,
                        chain,
                        links,
                        watching.hearing(payments.hearing(new Owner())),
                        watching.keeper());
        payments.start(channels);
        watching.start(channels, payments);
        int port = channels.listen("127.0.0.1", 0).toCompletableFuture().join().getPort();
        running = Optional.of(new Running(database, system, channels, payments, watching, port));
    }

    PublicKey publicKey() {
        return key.publicKey();
    }

    ChannelService channels() {
        return running.orElseThrow().channels();
    }

    PaymentService payments() {
        return running.orElseThrow().payments();
    }

    WatchService watching() {
        return running.orElseThrow().watching();
    }

    void reach(PaymentNode other) {
        channels().reach(other.publicKey(), "127.0.0.1", other.running.orElseThrow().port());
    }

    ChannelMemory memory(ChannelId channel) {
        return channels().inspect(channel).toCompletableFuture().join();
    }

    /** What this node has in an open channel, and how many locks stand in it. */
    long[] holds(ChannelId channel) {
        Open open = (Open) memory(channel);
        var state = open.standing().position().state();
        return new long[] {
            state.balances().get(open.party().me()).baseUnits(), state.locks().size()
        };
    }

    /** Stops as if the machine did: nothing is said, nothing is stored. */
    @Override
    public void close() {
        running.ifPresent(
                now -> {
                    now.system().terminate();
                    now.system()
                            .getWhenTerminated()
                            .toCompletableFuture()
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join();
                    now.database().close();
                });
        running = Optional.empty();
    }

    private final class Owner implements ChannelOwner {
        @Override
        public Optional<String> objection(PublicKey partner, ChannelTerms terms) {
            return Optional.empty();
        }

        @Override
        public void told(ChannelId channel, Effect notice) {
            told.accept(channel, notice);
        }

        @Override
        public void changed(ChannelId channel, KnownChannel memory) {
            changed.accept(channel, memory);
        }

        @Override
        public void connected(PublicKey partner) {}

        @Override
        public void disconnected(PublicKey partner, String reason) {}

        @Override
        public void heard(PublicKey partner, Bytes payload) {}
    }
}
