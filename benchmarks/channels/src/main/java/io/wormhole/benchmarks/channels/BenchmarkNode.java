package io.wormhole.benchmarks.channels;

import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.node.ChannelOwner;
import io.wormhole.channel.node.ChannelService;
import io.wormhole.channel.node.PaymentService;
import io.wormhole.channel.payment.PaymentSettings;
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
import org.apache.pekko.actor.typed.ActorSystem;
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
    private final JournalSystem journal;

    BenchmarkNode(KeyPair key, Settlement chain, Path directory) {
        this.key = key;
        this.journal = new JournalSystem(directory);
        ActorSystem<Void> system = journal.system;
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
        journal.close();
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
