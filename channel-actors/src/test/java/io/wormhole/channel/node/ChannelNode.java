package io.wormhole.channel.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/** One operator's channels with a journal that is gone with the node. */
public final class ChannelNode implements AutoCloseable {
    /** How long anything may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int FRAME_BYTES = 2 << 20;

    private final KeyPair key;
    private final ActorSystem<Void> system;
    private final ChannelService channels;
    private final int port;
    private final BlockingQueue<Effect> told = new LinkedBlockingQueue<>();

    /** A node without a keeper. */
    public ChannelNode(KeyPair key, Settlement chain) {
        this(key, chain, system -> ChannelKeeper.NONE);
    }

    /** A node whose changes go to a keeper. */
    public ChannelNode(
            KeyPair key, Settlement chain, Function<ActorSystem<?>, ChannelKeeper> keeper) {
        this.key = key;
        this.system = ActorSystem.create(Behaviors.empty(), "channels", config());
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        Links links =
                Links.of(
                        system,
                        LinkIdentity.of(key.seed().toArray()),
                        LinkLimits.defaults().withMaxFrameBytes(FRAME_BYTES));
        this.channels =
                ChannelService.start(system, key, chain, links, new Owner(), keeper.apply(system));
        this.port = now(channels.listen("127.0.0.1", 0)).getPort();
    }

    private static Config config() {
        // A node ends as a process does that is killed.
        return ConfigFactory.parseString(
                        "pekko.remote.artery.transport = tcp\n"
                                + "pekko.coordinated-shutdown.run-by-actor-system-terminate = off")
                .withFallback(PersistenceTestKitPlugin.getInstance().config())
                .withFallback(PersistenceTestKitSnapshotPlugin.config())
                .withFallback(ConfigFactory.parseResources("wormhole-node.conf"))
                .withFallback(ConfigFactory.load());
    }

    /** The result of a stage that must come soon. */
    public static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The channels. */
    public ChannelService channels() {
        return channels;
    }

    /** The actor system. */
    public ActorSystem<Void> system() {
        return system;
    }

    /** Keeps a link to another node. */
    public void reach(ChannelNode other) {
        channels.reach(other.key.publicKey(), "127.0.0.1", other.port);
    }

    /** Pays and waits until both have signed; the new nonce. */
    public long pays(ChannelId channel, String request, int from, long amount) {
        Update pay = Update.of(new ChannelOperation.Pay(from, Amount.of(amount)));
        ChannelEntity.Answer answer = now(channels.request(channel, request, pay));
        if (answer instanceof ChannelEntity.Completed completed) {
            return completed.nonce().value();
        }
        throw new AssertionError(request + " not paid: " + answer);
    }

    /** The next notice of a kind; others before it are passed over. */
    public <T extends Effect> T hears(Class<T> kind) {
        while (true) {
            Effect next;
            try {
                next = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
            if (next == null) {
                throw new AssertionError("no " + kind.getSimpleName());
            }
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
    }

    /** All notices that nobody has heard yet. */
    public List<Effect> unheard() {
        return List.copyOf(told);
    }

    @Override
    public void close() {
        system.terminate();
        now(system.getWhenTerminated());
    }

    private final class Owner implements ChannelOwner {
        @Override
        public Optional<String> objection(PublicKey partner, ChannelTerms terms) {
            return Optional.empty();
        }

        @Override
        public void told(ChannelId channel, Effect notice) {
            told.add(notice);
        }

        @Override
        public void connected(PublicKey partner) {}

        @Override
        public void disconnected(PublicKey partner, String reason) {}

        @Override
        public void heard(PublicKey partner, Bytes payload) {}
    }
}
