package io.wormhole.cluster.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.link.LinkEnd.Cause;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LinkTest {
    private static ActorSystem<Void> system;

    private final LinkIdentity acme = LinkIdentity.of(seed(1));
    private final LinkIdentity bob = LinkIdentity.of(seed(2));
    private final BlockingQueue<Link> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<LinkEnd> refused = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "link-test",
                        ConfigFactory.parseString("pekko.loglevel = WARNING")
                                .withFallback(ConfigFactory.load()));
    }

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void bothSidesKnowTheKeyOfTheOther() throws Exception {
        LinkServer server = bind(LinkLimits.defaults());

        Link toAcme = connect(server, bob, Optional.of(acme.key()));
        Link fromBob = accepted.take();

        assertThat(toAcme.remoteKey()).isEqualTo(acme.key());
        assertThat(fromBob.remoteKey()).isEqualTo(bob.key());
        assertThat(fromBob.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
        assertThat(await(server.stop())).isEqualTo(Done.getInstance());
    }

    @Test
    void framesArriveWholeAndInOrderBothWays() throws Exception {
        LinkServer server = bind(LinkLimits.defaults());
        Link toAcme = connect(server, bob, Optional.empty());
        Link fromBob = accepted.take();
        List<byte[]> frames = randomFrames(0x5eedL, 200, 70_000);

        Thread sending = new Thread(() -> frames.forEach(frame -> await(toAcme.send(frame))));
        sending.start();
        for (byte[] frame : frames) {
            byte[] received = await(fromBob.receive()).orElseThrow();
            assertThat(received).isEqualTo(frame);
            await(fromBob.send(Arrays.copyOf(received, 1)));
            assertThat(await(toAcme.receive()).orElseThrow()).hasSize(1);
        }
        sending.join();

        toAcme.close();
        assertThat(await(fromBob.receive())).isEmpty();
    }

    @Test
    void theLargestFrameGoesThroughAndOneByteMoreIsRefusedByTheSender() throws Exception {
        LinkLimits limits = LinkLimits.defaults().withMaxFrameBytes(1_000_000);
        LinkServer server = bind(limits);
        Link toAcme = connect(server, bob, limits);
        Link fromBob = accepted.take();

        await(toAcme.send(new byte[1_000_000]));

        assertThat(await(fromBob.receive()).orElseThrow()).hasSize(1_000_000);
        assertThatThrownBy(() -> toAcme.send(new byte[1_000_001]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000001")
                .hasMessageContaining("1 to 1000000");
        assertThatThrownBy(() -> toAcme.send(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReceiverWithSmallerLimitsEndsTheLinkBeforeReadingTheFrame() throws Exception {
        LinkServer server = bind(LinkLimits.defaults().withMaxFrameBytes(1000));
        Link toAcme = connect(server, bob, LinkLimits.defaults());
        Link fromBob = accepted.take();

        await(toAcme.send(new byte[1001]));

        LinkEnd end = await(fromBob.closed());
        assertThat(end.cause()).isEqualTo(Cause.FRAME_TOO_LARGE);
        assertThat(end.detail()).contains("1001").contains("1000");
        assertThat(await(fromBob.receive())).isEmpty();
        await(toAcme.closed());
    }

    @Test
    void whatWasSentBeforeCloseIsDelivered() throws Exception {
        LinkServer server = bind(LinkLimits.defaults());
        Link toAcme = connect(server, bob, Optional.empty());
        Link fromBob = accepted.take();

        for (int i = 0; i < 20; i++) {
            await(toAcme.send(new byte[1000 + i]));
        }
        CompletionStage<LinkEnd> end = toAcme.close();

        for (int i = 0; i < 20; i++) {
            assertThat(await(fromBob.receive()).orElseThrow()).hasSize(1000 + i);
        }
        assertThat(await(fromBob.receive())).isEmpty();
        assertThat(await(fromBob.closed()).cause()).isEqualTo(Cause.CLOSED_BY_PEER);
        assertThat(await(end).cause()).isEqualTo(Cause.CLOSED_HERE);
        assertThat(await(toAcme.receive())).isEmpty();
        assertThat(failureOf(toAcme.send(new byte[1])).cause()).isEqualTo(Cause.CLOSED_HERE);
    }

    @Test
    void whatIsSentAndClosedRightAfterTheHandshakeArrives() throws Exception {
        LinkServer server = bind(LinkLimits.defaults());
        for (byte i = 0; i < 20; i++) {
            Link toAcme = connect(server, bob, Optional.empty());
            await(toAcme.send(new byte[] {i}));
            toAcme.close();

            Link fromBob = accepted.take();
            assertThat(await(fromBob.receive()).orElseThrow()).containsExactly(i);
            assertThat(await(fromBob.receive())).isEmpty();
            assertThat(await(fromBob.closed()).cause()).isEqualTo(Cause.CLOSED_BY_PEER);
            assertThat(await(toAcme.closed()).cause()).isEqualTo(Cause.CLOSED_HERE);
        }
    }

    @Test
    void aSlowReceiverMakesTheSenderWaitAndLosesNothing() throws Exception {
        LinkLimits limits = LinkLimits.defaults().withMaxPendingSends(4);
        LinkServer server = bind(limits);
        Link toAcme = connect(server, bob, limits);
        Link fromBob = accepted.take();
        byte[] frame = new byte[1_000_000];

        // More than network buffers, queues and waiting callers can hold: some send must fail.
        List<CompletionStage<Done>> sends = new ArrayList<>();
        Optional<LinkEnd> full = Optional.empty();
        while (full.isEmpty()) {
            CompletionStage<Done> send = toAcme.send(frame);
            sends.add(send);
            if (send.toCompletableFuture().isCompletedExceptionally()) {
                full = Optional.of(failureOf(send));
            }
            assertThat(sends.size()).isLessThan(10_000);
            Thread.onSpinWait();
        }

        assertThat(full.get().cause()).isEqualTo(Cause.SEND_QUEUE_FULL);
        long good = 0;
        for (CompletionStage<Done> send : sends) {
            if (!send.toCompletableFuture().isCompletedExceptionally()) {
                assertThat(await(fromBob.receive()).orElseThrow()).hasSize(frame.length);
                good++;
            }
        }
        assertThat(good).isGreaterThanOrEqualTo(8);
        toAcme.close();
        assertThat(await(fromBob.receive())).isEmpty();
    }

    @Test
    void anotherKeyThanExpectedIsRefused() throws Exception {
        LinkServer server = bind(LinkLimits.defaults());
        LinkIdentity mallory = LinkIdentity.of(seed(3));

        LinkEnd end =
                failureOf(
                        links(bob, LinkLimits.defaults())
                                .connect(
                                        "127.0.0.1",
                                        server.address().getPort(),
                                        Optional.of(mallory.key())));

        assertThat(end.cause()).isEqualTo(Cause.WRONG_KEY);
        assertThat(end.detail()).contains(acme.key().toString()).contains(mallory.key().toString());
    }

    @Test
    void nobodyThereIsUnreachable() throws Exception {
        LinkServer server = bind(LinkLimits.defaults());
        InetSocketAddress address = server.address();
        await(server.stop());

        LinkEnd end =
                failureOf(
                        links(bob, LinkLimits.defaults())
                                .connect("127.0.0.1", address.getPort(), Optional.empty()));

        assertThat(end.cause()).isEqualTo(Cause.UNREACHABLE);
        assertThat(end.detail()).contains("127.0.0.1");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        LinkServer server = bind(LinkLimits.defaults());
        int port = server.address().getPort();

        LinkEnd end =
                failureOf(links(bob, LinkLimits.defaults()).bind("127.0.0.1", port, accepted::add));

        assertThat(end.cause()).isEqualTo(Cause.CANNOT_BIND);
        assertThat(end.detail()).contains("127.0.0.1:" + port);
    }

    @Test
    void keepAlivesHoldAnIdleLink() throws Exception {
        LinkLimits quick =
                LinkLimits.defaults()
                        .withTimeouts(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofMillis(900));
        LinkServer server = bind(quick);
        Link toAcme = connect(server, bob, quick);
        Link fromBob = accepted.take();

        assertThatThrownBy(
                        () ->
                                fromBob.closed()
                                        .toCompletableFuture()
                                        .get(2500, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        await(toAcme.send("still here".getBytes(US_ASCII)));
        assertThat(await(fromBob.receive()).orElseThrow())
                .isEqualTo("still here".getBytes(US_ASCII));
    }

    @Test
    void moreLinksThanAllowedAreTurnedAwayAndASlotComesBack() throws Exception {
        LinkServer server = bind(LinkLimits.defaults().withMaxLinks(10, 1));
        Link first = connect(server, bob, Optional.empty());
        accepted.take();

        LinkEnd end =
                failureOf(
                        links(bob, LinkLimits.defaults())
                                .connect(
                                        "127.0.0.1", server.address().getPort(), Optional.empty()));
        LinkEnd why = refused.take();
        await(first.close());

        assertThat(end.cause()).isIn(Cause.HANDSHAKE_FAILED, Cause.UNREACHABLE);
        assertThat(why.cause()).isEqualTo(Cause.TOO_MANY_LINKS);
        assertThat(why.detail()).contains("127.0.0.1");
        while (server.connections() > 0) {
            Thread.onSpinWait();
        }
        assertThat(connect(server, bob, Optional.empty()).remoteKey()).isEqualTo(acme.key());
    }

    @Test
    void aHandlerThatFailsLosesItsLinkOnly() throws Exception {
        LinkServer server =
                await(
                        links(acme, LinkLimits.defaults())
                                .bind(
                                        "127.0.0.1",
                                        0,
                                        link -> {
                                            accepted.add(link);
                                            throw new IllegalStateException("handler bug");
                                        }));

        Link first = connect(server, bob, Optional.empty());
        await(first.closed());
        Link second = connect(server, bob, Optional.empty());

        assertThat(await(second.closed()).cause()).isEqualTo(Cause.CLOSED_BY_PEER);
        assertThat(accepted).hasSize(2);
    }

    @Test
    void theActorSystemClosesItsLinksWhenItStops() throws Exception {
        ActorSystem<Void> own = ActorSystem.create(Behaviors.empty(), "own");
        LinkServer server =
                await(
                        Links.of(own, acme, LinkLimits.defaults())
                                .bind("127.0.0.1", 0, accepted::add));
        Link toAcme = connect(server, bob, Optional.empty());
        accepted.take();

        own.terminate();

        assertThat(await(toAcme.closed()).cause()).isEqualTo(Cause.CLOSED_BY_PEER);
    }

    @Test
    void onlySoundKeysAreIdentities() {
        byte[] smallOrder = new byte[32];
        smallOrder[0] = 1;

        assertThatThrownBy(() -> LinkKey.of(smallOrder)).hasMessageContaining("not a sound");
        assertThatThrownBy(() -> LinkKey.of(new byte[31])).hasMessageContaining("32");
        assertThatThrownBy(() -> LinkIdentity.of(new byte[33])).hasMessageContaining("32");
        assertThat(LinkKey.of(acme.key().bytes())).isEqualTo(acme.key());
        assertThat(acme.toString()).contains(acme.key().toString());
    }

    private LinkServer bind(LinkLimits limits) {
        LinkHandler handler = new RecordingHandler(accepted, refused);
        return await(links(acme, limits).bind("127.0.0.1", 0, handler));
    }

    private Link connect(LinkServer server, LinkIdentity who, Optional<LinkKey> expected) {
        return await(
                links(who, LinkLimits.defaults())
                        .connect("127.0.0.1", server.address().getPort(), expected));
    }

    private Link connect(LinkServer server, LinkIdentity who, LinkLimits limits) {
        return await(
                links(who, limits)
                        .connect("127.0.0.1", server.address().getPort(), Optional.of(acme.key())));
    }

    private static Links links(LinkIdentity identity, LinkLimits limits) {
        return Links.of(system, identity, limits);
    }

    private static List<byte[]> randomFrames(long seed, int count, int largest) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] frame = new byte[1 + random.nextInt(largest)];
            random.nextBytes(frame);
            frames.add(frame);
        }
        return frames;
    }

    private static byte[] seed(int fill) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) fill);
        return seed;
    }

    private static LinkEnd failureOf(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
            throw new AssertionError("did not fail");
        } catch (ExecutionException e) {
            return LinkConnector.endOf(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
