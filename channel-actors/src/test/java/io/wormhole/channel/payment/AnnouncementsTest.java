package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.Side;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.Announcement;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.state.ChannelEntry;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final int MANY = 1_000;

    private final Queue<CompletableFuture<Optional<ChannelEntry>>> asked =
            new ConcurrentLinkedQueue<>();
    private final ActorTestKit kit = ActorTestKit.create();
    private final ActorRef<Announcements.Command> announcements =
            kit.spawn(
                    Announcements.create(
                            Mallory.KEYS,
                            slowChain(),
                            InstantSource.system(),
                            (to, what) -> {},
                            new KnownGraph()));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** A chain that says nothing of channels until it is told to. */
    private Settlement slowChain() {
        return (Settlement)
                Proxy.newProxyInstance(
                        Settlement.class.getClassLoader(),
                        new Class<?>[] {Settlement.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("network")) {
                                return TestNetwork.ID;
                            }
                            CompletableFuture<Optional<ChannelEntry>> answer =
                                    new CompletableFuture<>();
                            asked.add(answer);
                            return answer;
                        });
    }

    private static Announcement announcement(int number) {
        Bytes salt = Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        return Announcement.of(
                new AnnouncedChannel(
                        new ChannelId(Hash.of(DomainTag.GENESIS, salt)),
                        Alice.KEYS.publicKey(),
                        Bob.KEYS.publicKey(),
                        Amount.of(5),
                        Amount.of(2),
                        1_000,
                        60),
                1,
                Alice.KEYS,
                TestNetwork.ID);
    }

    private int known() {
        TestProbe<ChannelGraph> graph = kit.createTestProbe();
        announcements.tell(new Announcements.Read(graph.getRef()));
        return graph.receiveMessage().channels().size();
    }

    @Test
    void whatCannotBeCheckedAtOnceWaits() {
        for (int i = 0; i < MANY; i++) {
            announcements.tell(new Announcements.Heard(Bob.KEYS.publicKey(), announcement(i), 0));
        }
        assertThat(known()).isZero();
        assertThat(asked).as("at once").hasSize(256);

        ChannelTerms terms = Side.terms();
        ChannelEntry entry =
                new ChannelEntry(
                        terms,
                        ChannelEntry.Phase.OPEN,
                        terms.initialState(TestNetwork.ID),
                        Nonce.ZERO,
                        0,
                        BlockHeight.ZERO,
                        BlockHeight.ZERO);
        for (int answered = 0; answered < MANY; ) {
            CompletableFuture<Optional<ChannelEntry>> next = asked.poll();
            if (next == null) {
                known();
            } else {
                next.complete(Optional.of(entry));
                answered++;
            }
        }

        assertThat(known()).isEqualTo(MANY);
    }
}
