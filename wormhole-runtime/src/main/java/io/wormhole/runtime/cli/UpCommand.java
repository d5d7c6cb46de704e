package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import io.wormhole.cluster.settings.Settings;
import io.wormhole.cluster.settings.SettingsRefused;
import io.wormhole.runtime.http.ApiServer;
import io.wormhole.runtime.http.Json;
import io.wormhole.runtime.node.StartRefused;
import io.wormhole.runtime.node.WormholeNode;
import io.wormhole.runtime.trade.Customer;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node in the foreground. */
@Command(
        name = "up",
        description = "Runs a node in the foreground until it is stopped (Ctrl-C).",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final int TOKEN_BYTES = 24;
    private static final int STOPPING_SECONDS = 30;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Settings.")
    private Path config = Path.of("wormhole.conf");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Config hocon = load();
        AtomicReference<String> trouble = new AtomicReference<>("");
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ended, closed), "stop"));
        try (WormholeNode node = WormholeNode.start(hocon)) {
            String token = newToken();
            InetSocketAddress api = ApiServer.start(node, token);
            new Customer(node).reachKnownPartners();
            writeAccess(node.dataDirectory(), api, token);
            announce(node, api, token, begun);
            node.side()
                    .ended()
                    .thenAccept(
                            end -> {
                                trouble.set(end.isOrderly() ? "" : end.reason());
                                ended.countDown();
                            });
            ended.await();
            out().printf("peak heap %d MiB%n", peakHeapBytes() >> 20);
            out().flush();
        } catch (SettingsRefused refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        } catch (StartRefused refused) {
            throw new CommandFailed(CommandFailed.REFUSED, String.valueOf(refused.getMessage()));
        } finally {
            closed.countDown();
        }
        String why = String.valueOf(trouble.get());
        if (!why.isEmpty()) {
            throw new CommandFailed(CommandFailed.REFUSED, "the node stopped: " + why);
        }
        return 0;
    }

    // A signal ends the process when its hooks are done: this one waits until the node is closed.
    private static void stop(CountDownLatch ended, CountDownLatch closed) {
        ended.countDown();
        try {
            closed.await(STOPPING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The most heap that was in use, all pools together. */
    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private Config load() {
        try {
            return Settings.load(config);
        } catch (SettingsRefused refused) {
            throw new CommandFailed(CommandFailed.BAD_INPUT, String.valueOf(refused.getMessage()));
        }
    }

    private static String newToken() {
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    // How commands on this machine find the node and prove that they may: readable by its owner
    // alone.
    private static void writeAccess(Path data, InetSocketAddress api, String token)
            throws IOException {
        ObjectNode access =
                Json.object()
                        .put(
                                "url",
                                "http://%s:%d"
                                        .formatted(
                                                api.getAddress().getHostAddress(), api.getPort()))
                        .put("token", token)
                        .put("process", ProcessHandle.current().pid());
        Path draft =
                Files.createTempFile(
                        data,
                        "api",
                        ".draft",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, Json.pretty(access));
        Files.move(draft, data.resolve("api.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void announce(WormholeNode node, InetSocketAddress api, String token, long begun) {
        out().printf(
                        "wormhole is up after %d ms%n  network  %s%n  address  %s%n  console "
                                + " http://%s:%d/#token=%s%n",
                        (System.nanoTime() - begun) / 1_000_000,
                        node.settlement().network(),
                        node.operator().address(),
                        api.getAddress().getHostAddress(),
                        api.getPort(),
                        token);
        out().flush();
    }
}
