package io.wormhole.benchmarks.channels;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.node.ChannelOwner;
import io.wormhole.channel.node.ChannelService;
import io.wormhole.channel.node.PaymentService;
import io.wormhole.channel.payment.PaymentSettings;
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
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** One operator's channels with a journal that is forced to disk. */
final class BenchmarkNode implements AutoCloseable {
    private static final int FRAME_BYTES = 2 << 20;

    final KeyPair key;
    final ChannelService channels;
    final PaymentService payments;
    final int port;
    final Semaphore ready = new Semaphore(0);
    private final Database database;
    private final ActorSystem<Void> system;

    BenchmarkNode(KeyPair key, Settlement chain, Path directory) {
        this.key = key;
        this.database = Database.open(DatabaseSettings.h2(directory.resolve("journal")));
        Config config =
                Journal.config(database)
                        .withFallback(ConfigFactory.parseResources("wormhole-node.conf"))
                        .withFallback(
                                ConfigFactory.parseString("pekko.remote.artery.transport = tcp"))
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve();
        Config plain =
                ConfigFactory.parseString("pekko.remote.artery.transport = tcp")
                        .withFallback(config);
        this.system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "benchmark",
                        ActorSystemSetup.create(
                                BootstrapSetup.create(plain), Journal.setup(database)));
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        Links links =
                Links.of(
                        system,
                        LinkIdentity.of(key.seed().toArray()),
                        LinkLimits.defaults().withMaxFrameBytes(FRAME_BYTES));
        this.payments =
                new PaymentService(system, key, chain, PaymentSettings.defaults(true));
        this.channels =
                ChannelService.start(system, key, chain, links, payments.hearing(new Owner()));
        payments.start(channels);
        this.port = channels.listen("127.0.0.1", 0).toCompletableFuture().join().getPort();
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        database.close();
    }

    private final class Owner implements ChannelOwner {
        @Override
        public Optional<String> objection(PublicKey partner, ChannelTerms terms) {
            return Optional.empty();
        }

        @Override
        public void told(ChannelId channel, Effect notice) {
            if (notice instanceof Effect.TellReady) {
                ready.release();
            }
        }

        @Override
        public void connected(PublicKey partner) {}

        @Override
        public void disconnected(PublicKey partner, String reason) {}

        @Override
        public void heard(PublicKey partner, Bytes payload) {}
    }
}
