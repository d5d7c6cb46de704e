package io.wormhole.runtime.virtualprinter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wormhole.runtime.gcode.Checksum;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The printer over a real socket, typed at by hand. */
@Timeout(30)
final class VirtualPrinterTest {
    private static final VirtualPrinterSettings INSTANT = VirtualPrinterSettings.instant(0, 0);

    @Test
    void firstHostIsGreetedAndLaterOnesAreNot() throws IOException {
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT)) {
            try (PrinterTerminal host = new PrinterTerminal(printer.port())) {
                assertThat(host.ask("M105")).first().isEqualTo("start");
            }
            try (PrinterTerminal host = new PrinterTerminal(printer.port())) {
                assertThat(host.ask("M105"))
                        .containsExactly("ok T:21.00 /0.00 B:21.00 /0.00 @:0 B@:0");
            }
        }
    }

    @Test
    void wrongChecksumWrongNumberAndMissingChecksumAskForTheLineAgain() throws IOException {
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT);
                PrinterTerminal host = greeted(printer)) {
            assertThat(host.ask(Checksum.wrap(1, "M105"))).hasSize(1);

            assertThat(host.ask("N2 M105*0"))
                    .containsExactly("Error:checksum mismatch, Last Line: 1", "Resend: 2", "ok");
            assertThat(host.ask(Checksum.wrap(9, "M105")))
                    .containsExactly(
                            "Error:Line Number is not Last Line Number+1, Last Line: 1",
                            "Resend: 2",
                            "ok");
            assertThat(host.ask("N2 M105"))
                    .containsExactly(
                            "Error:No Checksum with line number, Last Line: 1", "Resend: 2", "ok");
            assertThat(host.ask(Checksum.wrap(2, "M105"))).hasSize(1);
            assertThat(printer.status().path("resendsAsked").asInt()).isEqualTo(3);
        }
    }

    @Test
    void lineNumberIsSetByM110AndSurvivesHangUp() throws IOException {
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT)) {
            try (PrinterTerminal host = greeted(printer)) {
                assertThat(host.ask(Checksum.wrap(100, "M110"))).containsExactly("ok");
                assertThat(host.ask(Checksum.wrap(101, "G28"))).containsExactly("ok");
                host.raw("N102 G1 X5");
            }
            try (PrinterTerminal host = new PrinterTerminal(printer.port())) {
                assertThat(host.ask(""))
                        .as("the half line of the first host is still there")
                        .containsExactly(
                                "Error:No Checksum with line number, Last Line: 101",
                                "Resend: 102",
                                "ok");
            }
        }
    }

    @Test
    void unknownCommandsAreEchoedAndAcknowledged() throws IOException {
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT);
                PrinterTerminal host = greeted(printer)) {
            assertThat(host.ask("G555 X1"))
                    .containsExactly("echo:Unknown command: \"G555 X1\"", "ok");
            assertThat(host.ask("hello")).containsExactly("echo:Unknown command: \"hello\"", "ok");
            assertThat(host.ask("T3")).containsExactly("echo:T3 Invalid extruder", "ok");
            assertThat(host.ask("M118 E1 hi")).containsExactly("echo:hi", "ok");
        }
    }

    @Test
    void coldExtrusionIsPreventedAndEndstopsCutMovesOff() throws IOException {
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT);
                PrinterTerminal host = greeted(printer)) {
            host.ask("G28");
            assertThat(host.ask("G1 X10 E5"))
                    .containsExactly("echo: cold extrusion prevented", "ok");
            host.ask("G1 X999 Y-7 Z3");

            assertThat(host.ask("M114"))
                    .first()
                    .isEqualTo("X:220.00 Y:0.00 Z:3.00 E:5.00 Count X:17600 Y:0 Z:1200");
            assertThat(printer.status().path("extrudedNm").asLong()).isZero();
        }
    }

    @Test
    void whatWasPrintedIsReportedAndOutlivesThePowerCut(@TempDir Path folder) throws Exception {
        VirtualPrinterSettings settings = INSTANT.withTotalsFile(folder.resolve("totals.json"));
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(settings);
                PrinterTerminal host = greeted(printer)) {
            for (String line :
                    List.of(
                            "M75",
                            "M109 S200",
                            "G28",
                            "G1 Z0.2",
                            "G1 X10 E1",
                            "G1 X20 E2",
                            "G1 Z0.4",
                            "G1 X0 E4",
                            "M117 cup 3",
                            "M77")) {
                host.ask(line);
            }
            JsonNode status = get(printer);
            assertThat(status.path("partsCompleted").asInt()).isEqualTo(1);
            assertThat(host.ask("M78")).contains("Stats: Prints: 1, Finished: 1, Failed: 0", "ok");
            host.ask("M75");
        }
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(settings);
                PrinterTerminal host = greeted(printer)) {
            JsonNode status = get(printer);
            assertThat(status.path("boots").asInt()).isEqualTo(2);
            assertThat(status.path("homed").asBoolean()).isFalse();
            assertThat(status.path("parts").path(0).toString())
                    .isEqualTo(
                            "{\"label\":\"cup 3\",\"extrudedNm\":4000000,\"layers\":2,\"commands\":9,"
                                    + "\"boundsNm\":[0,0,200000,20000000,0,400000]}");
            assertThat(host.ask("M78")).contains("Stats: Prints: 2, Finished: 1, Failed: 1");
        }
    }

    @Test
    void heatingReportsTemperaturesAndIsCutShortByM108() throws IOException {
        try (VirtualPrinterServer printer =
                        VirtualPrinterServer.start(INSTANT.withSpeedFactor(0.5));
                PrinterTerminal host = greeted(printer)) {
            host.raw("M109 S250\n");

            assertThat(host.line()).startsWith(" T:2").endsWith("W:?");
            host.raw("M108\n");
            assertThat(host.untilOk()).last().isEqualTo("ok");
        }
    }

    @Test
    void slowMachineSaysItIsBusy() {
        FirmwareInMemory slow = new FirmwareInMemory(INSTANT.withSpeedFactor(1));
        List<String> said = new ArrayList<>();
        slow.write("G28\n", 1_000_000_000L);
        for (long second = 1; second <= 10; second++) {
            slow.run(second * 1_000_000_000L);
            for (var line = slow.line(); line.isPresent(); line = slow.line()) {
                said.add(line.get());
            }
        }

        assertThat(said)
                .containsSubsequence(
                        "start", "echo:busy: processing", "echo:busy: processing", "ok");
    }

    @Test
    void emergencyStopEndsTheConversation() throws IOException {
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT);
                PrinterTerminal host = greeted(printer)) {
            host.raw("M112\nM105\n");

            assertThat(host.line()).isEqualTo("Error:Printer halted. kill() called!");
            assertThat(printer.status().path("killed").asBoolean()).isTrue();
        }
    }

    @Test
    void newHostTakesTheLineAndThePrinterDoesNotNotice() throws IOException {
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT);
                PrinterTerminal first = greeted(printer)) {
            first.ask("G28");
            first.ask("G1 X7");
            try (PrinterTerminal second = new PrinterTerminal(printer.port())) {
                assertThat(second.ask("M114")).first().asString().startsWith("X:7.00");
                assertThat(first.line()).isEmpty();
            }
        }
    }

    @Test
    void misbehaviourHappensWhenItIsAskedFor() throws IOException {
        VirtualPrinterSettings drops = INSTANT.with(Misbehaviour.dropAt(2));
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(drops);
                PrinterTerminal host = greeted(printer)) {
            host.numbered(1, "M105");
            host.untilOk();
            host.numbered(2, "M105");
            assertThatThrownBy(host::untilOk).isInstanceOf(IOException.class);
            try (PrinterTerminal again = new PrinterTerminal(printer.port())) {
                again.numbered(3, "M105");
                assertThat(again.untilOk()).hasSize(1);
            }
        }
        VirtualPrinterSettings reboots = INSTANT.with(Misbehaviour.rebootAt(1));
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(reboots);
                PrinterTerminal host = greeted(printer)) {
            host.numbered(1, "M105");
            assertThat(host.line()).isEqualTo("start");
        }
    }

    @Test
    void brokenTotalsAndTakenPortsAreNamed(@TempDir Path folder) throws IOException {
        Path totals = Files.writeString(folder.resolve("totals.json"), "[1,2");
        assertThatThrownBy(() -> VirtualPrinterServer.start(INSTANT.withTotalsFile(totals)))
                .isInstanceOf(IOException.class);
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT)) {
            assertThatThrownBy(
                            () ->
                                    VirtualPrinterServer.start(
                                            VirtualPrinterSettings.instant(printer.port(), 0)))
                    .hasMessageContaining("cannot listen")
                    .hasMessageContaining(String.valueOf(printer.port()));
        }
    }

    @Test
    void killedProcessIsAPowerCutThatTheTotalsRemember(@TempDir Path folder) throws Exception {
        Path totals = folder.resolve("totals.json");
        for (int boot = 1; boot <= 2; boot++) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path", ""),
                                    VirtualPrinterMain.class.getName(),
                                    "--port",
                                    "0",
                                    "--status-port",
                                    "0",
                                    "--totals",
                                    totals.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (BufferedReader said = process.inputReader()) {
                JsonNode ports = new ObjectMapper().readTree(said.readLine());
                try (PrinterTerminal host = new PrinterTerminal(ports.path("port").asInt())) {
                    assertThat(host.ask("M75")).contains("start");
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            JsonNode kept = new ObjectMapper().readTree(totals.toFile());
            assertThat(kept.path("boots").asInt()).isEqualTo(boot);
            assertThat(kept.path("partsStarted").asInt()).isEqualTo(boot);
        }
    }

    @Test
    void wrongOptionIsNamedWithTheAllowedOnes() {
        assertThatThrownBy(() -> VirtualPrinterMain.settings("--prot", "1"))
                .hasMessageContaining("--prot")
                .hasMessageContaining("--port");
        assertThatThrownBy(() -> VirtualPrinterMain.settings("--port", "x"))
                .hasMessageContaining("'x' is not a number");
        assertThat(VirtualPrinterMain.settings("--drop-at", "7").misbehaviour().dropAtLine())
                .isEqualTo(7);
    }

    private static PrinterTerminal greeted(VirtualPrinterServer printer) throws IOException {
        PrinterTerminal host = new PrinterTerminal(printer.port());
        List<String> lines = host.ask("M105");
        assertThat(lines).contains("start");
        return host;
    }

    private static JsonNode get(VirtualPrinterServer printer) throws Exception {
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:"
                                                                + printer.statusPort()
                                                                + "/status"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray());
        return new ObjectMapper().readTree(response.body());
    }
}
