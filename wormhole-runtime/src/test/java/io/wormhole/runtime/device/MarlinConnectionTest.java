package io.wormhole.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.runtime.device.DeviceProtocol.Command;
import io.wormhole.runtime.device.DeviceProtocol.Describe;
import io.wormhole.runtime.device.DeviceProtocol.PartDone;
import io.wormhole.runtime.device.DeviceProtocol.PartFailed;
import io.wormhole.runtime.device.DeviceProtocol.PartProgress;
import io.wormhole.runtime.device.DeviceProtocol.Print;
import io.wormhole.runtime.device.DeviceProtocol.PrintEvent;
import io.wormhole.runtime.device.DeviceProtocol.PrintRefused;
import io.wormhole.runtime.device.DeviceProtocol.Stop;
import io.wormhole.runtime.virtualprinter.Misbehaviour;
import io.wormhole.runtime.virtualprinter.VirtualPrinterServer;
import io.wormhole.runtime.virtualprinter.VirtualPrinterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The actor over real sockets. */
@Timeout(60)
final class MarlinConnectionTest {
    private static final ActorTestKit KIT = ActorTestKit.create("device-test");
    private static final VirtualPrinterSettings INSTANT = VirtualPrinterSettings.instant(0, 0);
    private static final Duration LONG = Duration.ofSeconds(40);

    private final TestProbe<PrintEvent> customer = KIT.createTestProbe();
    @TempDir private Path folder = Path.of("");

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void tenCupsArePrintedAndCountedByThePrinter() throws IOException {
        PartSource cup = Parts.cup();
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT)) {
            ActorRef<Command> driver = driver(printer, 32);
            for (int part = 1; part <= 10; part++) {
                driver.tell(new Print(id(part), cup, Begun.NOT, customer.getRef()));
                Evidence evidence = await(PartDone.class).evidence();
                assertThat(evidence.confirmedByDevice()).isTrue();
            }

            JsonNode status = printer.status();
            assertThat(status.path("partsCompleted").asInt()).isEqualTo(10);
            assertThat(status.path("resendsAsked").asInt())
                    .as("one probe for the connection and one for each part")
                    .isLessThanOrEqualTo(11);
            KIT.stop(driver);
        }
    }

    @Test
    void latePrinterIsWaitedFor() throws IOException {
        int port = FreePorts.one();
        ActorRef<Command> driver =
                KIT.spawn(MarlinConnection.create(MarlinSettings.of("127.0.0.1", port)));
        driver.tell(new Print(id(1), Parts.small(folder, 20), Begun.NOT, customer.getRef()));
        TestProbe<DeviceStatus> status = KIT.createTestProbe();
        status.awaitAssert(
                LONG,
                () -> {
                    driver.tell(new Describe(status.getRef()));
                    assertThat(status.receiveMessage().lastTrouble()).contains("127.0.0.1");
                    return null;
                });

        try (VirtualPrinterServer printer =
                VirtualPrinterServer.start(VirtualPrinterSettings.instant(port, 0))) {
            assertThat(await(PartDone.class).part()).isEqualTo(id(1));
            assertThat(printer.status().path("partsCompleted").asInt()).isEqualTo(1);
        }
        KIT.stop(driver);
    }

    @Test
    void droppedConnectionIsMadeAgainAndThePartGoesOn() throws IOException {
        PartSource cup = Parts.cup();
        try (VirtualPrinterServer printer =
                VirtualPrinterServer.start(INSTANT.with(Misbehaviour.dropAt(1_000)))) {
            ActorRef<Command> driver = driver(printer, 16);
            driver.tell(new Print(id(1), cup, Begun.NOT, customer.getRef()));

            await(PartDone.class);

            JsonNode status = printer.status();
            assertThat(status.path("connections").asInt()).isEqualTo(2);
            assertThat(status.path("partsCompleted").asInt()).isEqualTo(1);
            assertThat(status.path("parts").path(0).path("extrudedNm").asLong())
                    .isEqualTo(Parts.analysis(cup.file()).extrudedNm());
            TestProbe<DeviceStatus> probe = KIT.createTestProbe();
            driver.tell(new Describe(probe.getRef()));
            assertThat(probe.receiveMessage().reconnects()).isEqualTo(1);
            KIT.stop(driver);
        }
    }

    @Test
    void damagedLinesAreSentAgain() throws IOException {
        PartSource cup = Parts.cup();
        try (VirtualPrinterServer printer =
                VirtualPrinterServer.start(INSTANT.with(Misbehaviour.noisyLine(10, 0, 5)))) {
            ActorRef<Command> driver = driver(printer, 16);
            driver.tell(new Print(id(1), cup, Begun.NOT, customer.getRef()));

            Evidence evidence = await(PartDone.class).evidence();

            assertThat(evidence.resends()).isPositive();
            assertThat(printer.status().path("parts").path(0).path("extrudedNm").asLong())
                    .isEqualTo(Parts.analysis(cup.file()).extrudedNm());
            KIT.stop(driver);
        }
    }

    @Test
    void killedDriverIsFollowedByOneThatGoesOn() throws IOException {
        PartSource cup = Parts.cup();
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT)) {
            ActorRef<Command> first = driver(printer, 8);
            first.tell(new Print(id(1), cup, Begun.NOT, customer.getRef()));
            PartProgress progress = await(PartProgress.class);
            KIT.stop(first);

            ActorRef<Command> second = driver(printer, 8);
            TestProbe<PrintEvent> heir = KIT.createTestProbe();
            second.tell(
                    new Print(
                            id(1),
                            cup,
                            new Begun.Maybe(progress.ackedCommands(), Optional.empty()),
                            heir.getRef()));
            PrintEvent last = heir.receiveMessage(LONG);
            while (!(last instanceof PartDone)) {
                assertThat(last).isNotInstanceOf(PartFailed.class);
                last = heir.receiveMessage(LONG);
            }

            JsonNode status = printer.status();
            assertThat(status.path("partsStarted").asInt()).isEqualTo(1);
            assertThat(status.path("parts").path(0).path("extrudedNm").asLong())
                    .isEqualTo(Parts.analysis(cup.file()).extrudedNm());
            KIT.stop(second);
        }
    }

    @Test
    void powerCutLosesThePartAndASecondAttemptPrintsIt() throws IOException {
        VirtualPrinterSettings slow =
                VirtualPrinterSettings.instant(FreePorts.one(), 0)
                        .withSpeedFactor(300)
                        .withTotalsFile(folder.resolve("totals.json"));
        PartSource cup = Parts.cup();
        ActorRef<Command> driver =
                KIT.spawn(
                        MarlinConnection.create(
                                MarlinSettings.of("127.0.0.1", slow.port()).withWindowLines(16)));
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(slow)) {
            driver.tell(new Print(id(1), cup, Begun.NOT, customer.getRef()));
            while (await(PartProgress.class).ackedCommands() == 0) {
                assertThat(printer.port()).isEqualTo(slow.port());
            }
            assertThat(printer.status().path("partRunning").asBoolean()).isTrue();
        }
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(slow.withSpeedFactor(0))) {
            PrintEvent event = customer.receiveMessage(LONG);
            while (!(event instanceof PartFailed)) {
                event = customer.receiveMessage(LONG);
            }
            assertThat(((PartFailed) event).deviceLostPower()).isTrue();

            driver.tell(new Print(new PartId("order-7", 1, 2), cup, Begun.NOT, customer.getRef()));
            await(PartDone.class);

            JsonNode status = printer.status();
            assertThat(status.path("boots").asInt()).isEqualTo(2);
            assertThat(status.path("partsStarted").asInt()).isEqualTo(2);
            assertThat(status.path("partsCompleted").asInt()).isEqualTo(1);
            assertThat(status.path("parts").path(0).path("label").asText())
                    .isEqualTo(new PartId("order-7", 1, 2).label());
        }
        KIT.stop(driver);
    }

    @Test
    void absentPrinterFailsThePartByName() throws IOException {
        int port = FreePorts.one();
        ActorRef<Command> driver =
                KIT.spawn(
                        MarlinConnection.create(
                                MarlinSettings.of("127.0.0.1", port)
                                        .withPatience(
                                                Duration.ofMillis(200), Duration.ofMillis(600))));
        driver.tell(new Print(id(1), Parts.small(folder, 20), Begun.NOT, customer.getRef()));

        PartFailed failed = await(PartFailed.class);

        assertThat(failed.reason()).isEqualTo(FailureReason.PRINTER_UNREACHABLE);
        assertThat(failed.detail()).contains("127.0.0.1:" + port);
        assertThat(failed.mayResume()).isTrue();
        KIT.stop(driver);
    }

    @Test
    void printerThatAcceptsAndSaysNothingIsSilent() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ActorRef<Command> driver =
                    KIT.spawn(
                            MarlinConnection.create(
                                    MarlinSettings.of("127.0.0.1", mute.getLocalPort())
                                            .withPatience(
                                                    Duration.ofMillis(100),
                                                    Duration.ofSeconds(1))));
            driver.tell(new Print(id(1), Parts.small(folder, 20), Begun.NOT, customer.getRef()));

            assertThat(await(PartFailed.class).reason()).isEqualTo(FailureReason.PRINTER_SILENT);
            KIT.stop(driver);
        }
    }

    @Test
    void secondPartIsRefusedWhileTheFirstIsPrinted() throws IOException {
        try (VirtualPrinterServer printer =
                VirtualPrinterServer.start(INSTANT.withSpeedFactor(1))) {
            ActorRef<Command> driver = driver(printer, 4);
            driver.tell(new Print(id(1), Parts.small(folder, 20), Begun.NOT, customer.getRef()));
            TestProbe<PrintEvent> other = KIT.createTestProbe();
            driver.tell(new Print(id(2), Parts.small(folder, 20), Begun.NOT, other.getRef()));

            assertThat(other.expectMessageClass(PrintRefused.class).why()).contains(id(1).label());

            TestProbe<DeviceStatus> status = KIT.createTestProbe();
            driver.tell(new Stop("enough", status.getRef()));
            status.receiveMessage();
            assertThat(await(PartFailed.class).reason()).isEqualTo(FailureReason.STOPPED);
            KIT.stop(driver);
        }
    }

    @Test
    void missingFileIsNamed() throws IOException {
        PartSource gone = Parts.small(folder, 5);
        Files.delete(gone.file());
        try (VirtualPrinterServer printer = VirtualPrinterServer.start(INSTANT)) {
            ActorRef<Command> driver = driver(printer, 4);
            driver.tell(new Print(id(1), gone, Begun.NOT, customer.getRef()));

            PartFailed failed = await(PartFailed.class);

            assertThat(failed.reason()).isEqualTo(FailureReason.FILE_UNREADABLE);
            assertThat(failed.detail()).contains(gone.file().toString());
            KIT.stop(driver);
        }
    }

    private <T extends PrintEvent> T await(Class<T> kind) {
        PrintEvent event = customer.receiveMessage(LONG);
        while (!kind.isInstance(event)) {
            assertThat(event).isNotInstanceOf(PartFailed.class);
            event = customer.receiveMessage(LONG);
        }
        return kind.cast(event);
    }

    private static ActorRef<Command> driver(VirtualPrinterServer printer, int windowLines) {
        return KIT.spawn(
                MarlinConnection.create(
                        MarlinSettings.of("127.0.0.1", printer.port())
                                .withWindowLines(windowLines)));
    }

    private static PartId id(int part) {
        return PartId.first("order-7", part);
    }
}
