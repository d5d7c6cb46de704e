package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An order whose printer is absent, then silent, then talks nonsense, and is there at last. */
@Timeout(300)
final class PrinterFaultsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CUPS = 2;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @TempDir private Path root = Path.of("");
    private Site site;
    private Stage stage;
    private Patient patient;

    @BeforeEach
    void startNodes() throws IOException {
        site = new Site(root);
        stage = new Stage(site, root);
        patient = new Patient(site, out);
        site.prepare(new Shell(out, true), false);
        stage.start("acme");
        stage.start("bob");
        stage.awaitUp("acme");
        stage.awaitUp("bob");
    }

    @AfterEach
    void stopEverything() {
        stage.close();
    }

    @Test
    void orderWaitsForItsPrinterWhateverIsThereInsteadAndThenCompletes() throws Exception {
        int port = FreePorts.one();
        patient.ask("acme", "line", "deploy", impatientLine(port), "--claim");
        patient.awaitName();
        String channel = patient.openChannel("20");
        String order = patient.placeOrder(channel, Cups.buildPackage(site, out), CUPS);
        patient.until("bob", seen -> Patient.phase(seen).equals("running"), "order", "show", order);

        awaitInLog("PRINTER_UNREACHABLE");
        patient.until(
                "bob",
                seen -> seen.path("inProduction").path("waitsFor").asText().contains("device"),
                "order",
                "show",
                order);
        patient.until(
                "acme",
                seen -> seen.path("jobs").path(0).path("waitsFor").asText().contains("device"),
                "line",
                "show",
                Site.LINE);
        try (WrongPrinter wrong = new WrongPrinter(port)) {
            awaitInLog("PRINTER_SILENT");
            assertThat(wrong.calls()).isPositive();
            wrong.answerWith("HTTP/1.1 400 Bad Request\r\n\r\n");
            awaitInLog("PRINTER_TALKS_NONSENSE");
        }
        requireLineAliveAndNothingPaid(order);

        stage.startPrinter("--port", Integer.toString(port));
        patient.until(
                "bob", seen -> Patient.phase(seen).equals("complete"), "order", "show", order);
        Cups.requireEachPrintedOnce(stage.printer(), CUPS);
    }

    private void requireLineAliveAndNothingPaid(String order) {
        JsonNode seen = patient.ask("bob", "order", "show", order);
        assertThat(Patient.phase(seen)).isEqualTo("running");
        assertThat(seen.path("delivered").asInt()).isZero();
        JsonNode job = patient.ask("acme", "line", "show", Site.LINE).path("jobs").path(0);
        assertThat(job.path("printed").asInt()).isZero();
        assertThat(job.path("order").asText()).isEqualTo(order);
        assertThat(patient.ask("acme", "line", "tree", Site.LINE).path("status").asText())
                .isEqualTo("running");
    }

    private String impatientLine(int port) throws IOException {
        Path line = site.line(port);
        Files.writeString(
                line, Files.readString(line).replace("give-up-after = 60s", "give-up-after = 2s"));
        return line.toString();
    }

    private void awaitInLog(String words) {
        Path log = root.resolve("acme.log");
        Waiting.until(
                words + " in " + log,
                PATIENCE,
                () -> {
                    try {
                        boolean there = Files.readString(log).contains(words);
                        return Json.object().put("there", there);
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                },
                seen -> seen.path("there").asBoolean());
    }

    /**
     * Something that listens where the printer should, and answers every call with the same:
     * nothing, until it is told what. It never gives up its port in between, since a process that
     * another test starts at that moment may hold on to it for a while.
     */
    private static final class WrongPrinter implements AutoCloseable {
        private final ServerSocket server;
        private volatile byte[] answer = new byte[0];
        private final List<Socket> callers = new ArrayList<>();
        private final Thread thread = new Thread(this::serve, "wrong-printer");

        WrongPrinter(int port) throws IOException {
            this.server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            thread.start();
        }

        void answerWith(String words) {
            answer = words.getBytes(StandardCharsets.US_ASCII);
        }

        private void serve() {
            try {
                while (true) {
                    Socket caller = server.accept();
                    synchronized (callers) {
                        callers.add(caller);
                    }
                    OutputStream out = caller.getOutputStream();
                    out.write(answer);
                    out.flush();
                }
            } catch (IOException closed) {
                // The test is done with it.
            }
        }

        int calls() {
            synchronized (callers) {
                return callers.size();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            synchronized (callers) {
                for (Socket caller : callers) {
                    caller.close();
                }
            }
        }
    }
}
