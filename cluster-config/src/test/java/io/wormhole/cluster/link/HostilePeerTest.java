package io.wormhole.cluster.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.link.LinkEnd.Cause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of bad peer ends with a clear reason, and an honest one is served right after. */
@Timeout(30)
class HostilePeerTest {
    private static final LinkLimits LIMITS =
            LinkLimits.defaults()
                    .withMaxFrameBytes(100_000)
                    .withTimeouts(
                            Duration.ofMillis(1500),
                            Duration.ofMillis(800),
                            Duration.ofMillis(1700));

    private static ActorSystem<Void> system;

    private final LinkIdentity acme = LinkIdentity.random();
    private final BlockingQueue<Link> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<LinkEnd> refused = new LinkedBlockingQueue<>();
    private LinkServer server;

    @BeforeAll
    static void start() throws Exception {
        system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "hostile-peer-test",
                        ConfigFactory.parseString("pekko.loglevel = WARNING")
                                .withFallback(ConfigFactory.load()));
        // The first handshake of a JVM loads many classes; the short limits below are not for it.
        Links patient = Links.of(system, LinkIdentity.random(), LinkLimits.defaults());
        LinkServer warm = get(patient.bind("127.0.0.1", 0, link -> {}));
        get(patient.connect("127.0.0.1", warm.address().getPort(), Optional.empty()));
        get(warm.stop());
    }

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void bind() throws Exception {
        LinkHandler handler = new RecordingHandler(accepted, refused);
        server = get(Links.of(system, acme, LIMITS).bind("127.0.0.1", 0, handler));
    }

    @AfterEach
    void anHonestPeerIsServedAfterwards() throws Exception {
        accepted.clear();
        Link toAcme = get(honestLink());
        Link fromBob = accepted.take();

        get(toAcme.send(new byte[] {42}));

        assertThat(get(fromBob.receive()).orElseThrow()).containsExactly(42);
        get(server.stop());
        while (server.connections() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void garbageInsteadOfAHandshakeIsRefused() throws Exception {
        byte[] garbage = new byte[50_000];
        new SplittableRandom(7).nextBytes(garbage);

        assertThat(afterSending(garbage).cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
    }

    @Test
    void aPlainTextClientIsRefused() throws Exception {
        LinkEnd end = afterSending("GET / HTTP/1.1\r\nHost: acme\r\n\r\n".getBytes(US_ASCII));

        assertThat(end.cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
        assertThat(end.detail()).containsIgnoringCase("SSL");
    }

    @Test
    void aSilentClientIsCutAfterTheHandshakeTimeout() throws Exception {
        LinkEnd end = afterSending(new byte[0]);

        assertThat(end.cause()).isEqualTo(Cause.HANDSHAKE_TIMEOUT);
        assertThat(end.cause().peerAtFault()).isTrue();
    }

    @Test
    void aClientThatDripsItsHandshakeIsCut() throws Exception {
        // The start of a TLS record that announces 512 bytes and never delivers them.
        LinkEnd end = afterSending(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});

        assertThat(end.cause()).isEqualTo(Cause.HANDSHAKE_TIMEOUT);
    }

    @Test
    void aClientThatHangsUpIsNoLink() throws Exception {
        raw().close();

        assertThat(next(refused).cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
    }

    @Test
    void aClientWithoutCertificateIsRefused() throws Exception {
        tryTls(new KeyManager[0]);

        assertThat(next(refused).cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
    }

    @Test
    void aClientThatShowsTheCertificateOfAnotherIsRefused() throws Exception {
        // Mallory copies Bob's certificate, but has only her own private key.
        LinkIdentity bob = LinkIdentity.random();
        LinkIdentity mallory = LinkIdentity.random();

        tryTls(new KeyManager[] {new FixedKey(bob.certificate(), mallory.privateKey())});

        assertThat(next(refused).cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
        assertThat(accepted).isEmpty();
    }

    @Test
    void anotherKindOfKeyIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var pair = generator.generateKeyPair();
        var certificate = TestCertificates.selfSigned(pair, "SHA256withECDSA");

        tryTls(new KeyManager[] {new FixedKey(certificate, pair.getPrivate())});

        LinkEnd end = next(refused);
        assertThat(end.cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
        assertThat(end.detail()).contains("Ed25519");
    }

    @Test
    void aCertificateSignedBySomebodyElseIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        var pair = generator.generateKeyPair();
        var authority = generator.generateKeyPair();
        var certificate =
                TestCertificates.signed(pair.getPublic(), authority.getPrivate(), "Ed25519");

        tryTls(new KeyManager[] {new FixedKey(certificate, pair.getPrivate())});

        LinkEnd end = next(refused);
        assertThat(end.cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
        assertThat(end.detail()).contains("not self-signed");
    }

    @Test
    void anOlderTlsIsRefused() throws Exception {
        SSLContext context = contextOf(new KeyManager[] {keyOf(LinkIdentity.random())});
        try (Socket socket = raw();
                SSLSocket tls = (SSLSocket) over(context, socket)) {
            tls.setEnabledProtocols(new String[] {"TLSv1.2"});
            handshakeAndIgnore(tls);
        }

        assertThat(next(refused).cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
    }

    @Test
    void aHugeLengthEndsTheLinkBeforeAnythingIsAllocated() throws Exception {
        assertThat(afterFrameBytes(new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff}))
                .satisfies(end -> assertThat(end.cause()).isEqualTo(Cause.FRAME_TOO_LARGE))
                .satisfies(end -> assertThat(end.detail()).contains("2147483647", "100000"));
        assertThat(afterFrameBytes(new byte[] {-1, -1, -1, -1}).detail()).contains("4294967295");
    }

    @Test
    void aFrameThatNeverEndsIsCut() throws Exception {
        LinkEnd end = afterFrameBytes(new byte[] {0, 0, 0, 10, 1, 2, 3});

        assertThat(end.cause()).isEqualTo(Cause.FRAME_TIMEOUT);
        assertThat(end.detail()).contains("7 bytes");
    }

    @Test
    void aPeerThatSaysNothingIsIdle() throws Exception {
        assertThat(afterFrameBytes(new byte[0]).cause()).isEqualTo(Cause.IDLE);
    }

    @Test
    void aPeerThatTakesNothingIsCutThoughItKeepsTalking() throws Exception {
        SSLContext context = contextOf(new KeyManager[] {keyOf(LinkIdentity.random())});
        ScheduledExecutorService talking = Executors.newSingleThreadScheduledExecutor();
        try (Socket socket = raw();
                SSLSocket tls = (SSLSocket) over(context, socket)) {
            tls.startHandshake();
            Link link = next(accepted);
            OutputStream out = tls.getOutputStream();
            Future<?> keepAlives =
                    talking.scheduleAtFixedRate(
                            () -> writeOrEnd(out), 0, 300, TimeUnit.MILLISECONDS);

            CompletionStage<Done> waiting = link.send(new byte[100_000]);
            while (waiting.toCompletableFuture().isDone()) {
                waiting = link.send(new byte[100_000]);
            }

            assertThat(get(link.closed()).cause()).isEqualTo(Cause.SEND_STALLED);
            assertThat(endOf(link.send(new byte[1])).cause()).isEqualTo(Cause.SEND_STALLED);
            keepAlives.cancel(true);
        } finally {
            talking.shutdownNow();
        }
    }

    private static void writeOrEnd(OutputStream out) {
        try {
            out.write(new byte[4]);
            out.flush();
        } catch (IOException closed) {
            // Ends the repetition.
            throw new UncheckedIOException(closed);
        }
    }

    @Test
    void aStreamThatEndsInsideAFrameIsNoFrame() throws Exception {
        SSLContext context = contextOf(new KeyManager[] {keyOf(LinkIdentity.random())});
        try (Socket socket = raw();
                SSLSocket tls = (SSLSocket) over(context, socket)) {
            tls.getOutputStream().write(new byte[] {0, 0, 0, 10, 1, 2, 3});
            tls.getOutputStream().flush();
        }

        Link link = next(accepted);
        assertThat(get(link.receive())).isEmpty();
        assertThat(get(link.closed()).cause()).isEqualTo(Cause.FRAME_CUT);
    }

    @Test
    void aConnectionCutUnderTlsIsTheEndOfTheLink() throws Exception {
        SSLContext context = contextOf(new KeyManager[] {keyOf(LinkIdentity.random())});
        Socket socket = raw();
        SSLSocket tls = (SSLSocket) over(context, socket);
        tls.startHandshake();
        Link link = next(accepted);

        socket.setSoLinger(true, 0);
        socket.close();

        assertThat(get(link.receive())).isEmpty();
        assertThat(get(link.closed()).cause()).isIn(Cause.LOST, Cause.CLOSED_BY_PEER);
    }

    @Test
    void damagedRecordsEndTheLink() throws Exception {
        SSLContext context = contextOf(new KeyManager[] {keyOf(LinkIdentity.random())});
        try (Socket socket = raw();
                SSLSocket tls = (SSLSocket) over(context, socket)) {
            tls.startHandshake();
            Link link = next(accepted);

            ByteArrayOutputStream record = new ByteArrayOutputStream();
            record.write(new byte[] {23, 3, 3, 0, 64});
            record.write(new byte[64]);
            socket.getOutputStream().write(record.toByteArray());

            assertThat(get(link.closed()).cause()).isEqualTo(Cause.LOST);
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            CompletionStage<Link> link =
                    Links.of(system, LinkIdentity.random(), LIMITS)
                            .connect("127.0.0.1", silent.getLocalPort(), Optional.empty());

            assertThat(endOf(link).cause()).isEqualTo(Cause.HANDSHAKE_TIMEOUT);
        }
    }

    @Test
    void aServerThatTalksPlainTextIsRefused() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            CompletionStage<Link> link =
                    Links.of(system, LinkIdentity.random(), LIMITS)
                            .connect("127.0.0.1", plain.getLocalPort(), Optional.empty());
            try (Socket client = plain.accept()) {
                client.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(US_ASCII));

                assertThat(endOf(link).cause()).isEqualTo(Cause.HANDSHAKE_FAILED);
            }
        }
    }

    /** How the server ends a connection whose first bytes are these. */
    private LinkEnd afterSending(byte[] bytes) throws Exception {
        try (Socket socket = raw()) {
            OutputStream out = socket.getOutputStream();
            try {
                out.write(bytes);
            } catch (IOException closedWhileSending) {
                // The server may hang up before it has read everything.
            }
            return next(refused);
        }
    }

    /** How the server ends a link whose handshake was fine and whose next bytes are these. */
    private LinkEnd afterFrameBytes(byte[] bytes) throws Exception {
        SSLContext context = contextOf(new KeyManager[] {keyOf(LinkIdentity.random())});
        try (Socket socket = raw();
                SSLSocket tls = (SSLSocket) over(context, socket)) {
            tls.getOutputStream().write(bytes);
            tls.getOutputStream().flush();
            tls.startHandshake();
            return get(next(accepted).closed());
        }
    }

    private void tryTls(KeyManager[] keys) throws Exception {
        try (Socket socket = raw();
                SSLSocket tls = (SSLSocket) over(contextOf(keys), socket)) {
            handshakeAndIgnore(tls);
        }
    }

    private static void handshakeAndIgnore(SSLSocket tls) {
        try {
            tls.startHandshake();
            assertThat(tls.getInputStream().read()).isNegative();
        } catch (IOException refused) {
            // What the client sees is not the point; the server's reason is.
        }
    }

    private Socket raw() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static Socket over(SSLContext context, Socket socket) throws IOException {
        return context.getSocketFactory().createSocket(socket, "127.0.0.1", 1, false);
    }

    private static FixedKey keyOf(LinkIdentity identity) {
        return new FixedKey(identity.certificate(), identity.privateKey());
    }

    private static SSLContext contextOf(KeyManager[] keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new TrustEverybody()}, new SecureRandom());
        return context;
    }

    private CompletionStage<Link> honestLink() {
        return Links.of(system, LinkIdentity.random(), LIMITS)
                .connect("127.0.0.1", server.address().getPort(), Optional.of(acme.key()));
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Optional.ofNullable(queue.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static LinkEnd endOf(CompletionStage<?> stage) throws Exception {
        try {
            get(stage);
            throw new AssertionError("did not fail");
        } catch (ExecutionException e) {
            return LinkConnector.endOf(e);
        }
    }
}
