package io.wormhole.channel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Examples;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.proto.ForwardMessage;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.RelayFrames;
import io.wormhole.channel.proto.SessionFrame;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.cluster.link.Link;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkKey;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SessionsTest {
    private static final ChannelId CHANNEL = Side.terms().id(TestNetwork.ID);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ActorTestKit kit = ActorTestKit.create();
    private final Operator alice = new Operator(Alice.KEYS);
    private final Operator bob = new Operator(Bob.KEYS);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private void connect() {
        alice.sessions.tell(new Sessions.Reach(Bob.KEYS.publicKey(), "127.0.0.1", bob.port));
        alice.awaitConnected();
        bob.awaitConnected();
    }

    @Test
    void messagesAndPayloadsGoBothWays() {
        connect();
        for (ChannelMessage message : Examples.messages()) {
            alice.sessions.tell(new Sessions.Say(Bob.KEYS.publicKey(), CHANNEL, List.of(message)));
            bob.sessions.tell(new Sessions.Say(Alice.KEYS.publicKey(), CHANNEL, List.of(message)));

            bob.heard.expectMessage(PATIENCE, message);
            alice.heard.expectMessage(PATIENCE, message);
        }
        alice.sessions.tell(
                new Sessions.SayPayload(Bob.KEYS.publicKey(), Bytes.of((byte) 1, (byte) 2)));

        bob.heard.expectMessage(PATIENCE, Bytes.of((byte) 1, (byte) 2));
    }

    @Test
    void whatIsSaidOfPaymentsAtOnceIsHeardInItsOrder() {
        connect();
        List<RelayFrame> said =
                IntStream.range(0, 100)
                        .mapToObj(
                                part ->
                                        RelayFrame.newBuilder()
                                                .setForward(
                                                        ForwardMessage.newBuilder().setPart(part))
                                                .build())
                        .toList();

        alice.sessions.tell(new Sessions.SayRelay(Bob.KEYS.publicKey(), said));

        said.forEach(frame -> bob.heard.expectMessage(PATIENCE, frame));
    }

    @Test
    void toPartnersThatDoNotKnowFramesOfManyEachThingIsSaidAlone() {
        List<RelayFrame> said =
                List.of(RelayFrame.getDefaultInstance(), RelayFrame.getDefaultInstance());
        Sessions.SayRelay say = new Sessions.SayRelay(Bob.KEYS.publicKey(), said);

        assertThat(SessionFrames.of(say, 1L << Features.RELAY_FRAMES)).hasSize(2);
        assertThat(SessionFrames.of(say, Features.OURS))
                .singleElement()
                .matches(SessionFrame::hasRelays);
    }

    @Test
    void aFrameOfNothingOrTooMuchIsMalformed() {
        RelayFrames.Builder frames = RelayFrames.newBuilder();

        assertThatThrownBy(() -> SessionFrames.relays(frames.build()))
                .isInstanceOf(IllegalArgumentException.class);
        for (int i = 0; i < 65; i++) {
            frames.addFrames(RelayFrame.getDefaultInstance());
        }
        assertThatThrownBy(() -> SessionFrames.relays(frames.build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void garbageEndsItsLinkAlone() {
        connect();
        Link mallory =
                Operator.links(kit, Mallory.KEYS)
                        .connect("127.0.0.1", bob.port, Optional.of(bobsKey()))
                        .toCompletableFuture()
                        .join();
        mallory.send(new byte[] {(byte) 0xff, 0x01, 0x02});
        mallory.closed().toCompletableFuture().join();

        alice.sessions.tell(
                new Sessions.Say(
                        Bob.KEYS.publicKey(),
                        CHANNEL,
                        List.of(
                                new ChannelMessage.RefuseClose("not yet"),
                                new ChannelMessage.RefuseClose("still up"))));
        bob.heard.expectMessage(PATIENCE, new ChannelMessage.RefuseClose("not yet"));

        bob.heard.expectMessage(PATIENCE, new ChannelMessage.RefuseClose("still up"));
    }

    @Test
    void framesOfZerosEndTheirLinkAlone() {
        connect();
        Link mallory =
                Operator.links(kit, Mallory.KEYS)
                        .connect("127.0.0.1", bob.port, Optional.of(bobsKey()))
                        .toCompletableFuture()
                        .join();
        mallory.send(new byte[0x100]);
        mallory.closed().toCompletableFuture().join();

        alice.sessions.tell(new Sessions.SayPayload(Bob.KEYS.publicKey(), Bytes.of((byte) 7)));

        bob.heard.expectMessage(PATIENCE, Bytes.of((byte) 7));
    }

    @Test
    void aBrokenLinkIsMadeAgain() {
        connect();
        // A newer link of the same operator takes the place of the old, and breaks at once.
        Operator.links(kit, Alice.KEYS)
                .connect("127.0.0.1", bob.port, Optional.of(bobsKey()))
                .toCompletableFuture()
                .join()
                .close();

        alice.awaitConnected();
        bob.awaitConnected();
        alice.sessions.tell(new Sessions.SayPayload(Bob.KEYS.publicKey(), Bytes.of((byte) 7)));

        bob.heard.expectMessage(PATIENCE, Bytes.of((byte) 7));
    }

    @Test
    void bothMayDialAtOnce() {
        alice.sessions.tell(new Sessions.Reach(Bob.KEYS.publicKey(), "127.0.0.1", bob.port));
        bob.sessions.tell(new Sessions.Reach(Alice.KEYS.publicKey(), "127.0.0.1", alice.port));
        alice.awaitConnected();
        bob.awaitConnected();
        // Until both agree on a link, what is said may be lost.
        Bytes hello = Bytes.of((byte) 7);
        bob.heard.awaitAssert(
                PATIENCE,
                () -> {
                    alice.sessions.tell(new Sessions.SayPayload(Bob.KEYS.publicKey(), hello));
                    bob.heard.expectMessage(Duration.ofMillis(200), hello);
                    return true;
                });

        assertThat(alice.port).isNotEqualTo(bob.port);
    }

    private static LinkKey bobsKey() {
        return LinkKey.of(Bob.KEYS.publicKey().bytes().toArray());
    }

    private final class Operator implements SessionListener {
        private final TestProbe<Object> heard = kit.createTestProbe();
        private final TestProbe<String> links = kit.createTestProbe();
        private final ActorRef<Sessions.Command> sessions;
        private final int port;

        Operator(KeyPair key) {
            Links own = links(kit, key);
            sessions = kit.spawn(Sessions.create(own, TestNetwork.ID, this));
            port =
                    own.bind("127.0.0.1", 0, link -> sessions.tell(new Sessions.Accepted(link)))
                            .toCompletableFuture()
                            .join()
                            .address()
                            .getPort();
        }

        static Links links(ActorTestKit kit, KeyPair key) {
            return Links.of(
                    kit.system(),
                    LinkIdentity.of(key.seed().toArray()),
                    LinkLimits.defaults().withMaxFrameBytes(2 << 20));
        }

        void awaitConnected() {
            links.fishForMessage(
                    PATIENCE,
                    said ->
                            said.equals("connected")
                                    ? FishingOutcomes.complete()
                                    : FishingOutcomes.continueAndIgnore());
        }

        @Override
        public void connected(PublicKey partner) {
            links.ref().tell("connected");
        }

        @Override
        public void disconnected(PublicKey partner, String reason) {
            links.ref().tell(reason);
        }

        @Override
        public void heard(PublicKey partner, ChannelId channel, List<ChannelMessage> messages) {
            messages.forEach(heard.ref()::tell);
        }

        @Override
        public void heard(PublicKey partner, RelayFrame frame) {
            heard.ref().tell(frame);
        }

        @Override
        public void heard(PublicKey partner, WatchFrame frame) {
            heard.ref().tell(frame);
        }

        @Override
        public void heard(PublicKey partner, Bytes payload) {
            heard.ref().tell(payload);
        }
    }
}
