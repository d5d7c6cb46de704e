package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.cli.CommandFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What befalls the machine of a running node: its disk fills up. */
@Timeout(300)
final class NodeFaultsIT {
    private static final int BLOCK = 64 * 1024;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @TempDir private Path root = Path.of("");
    private Site site;
    private Stage stage;
    private Patient patient;

    @BeforeEach
    void setUp() {
        site = new Site(root);
        stage = new Stage(site, root);
        patient = new Patient(site, out);
    }

    @AfterEach
    void stopEverything() {
        stage.close();
    }

    private void start() throws IOException {
        site.prepare(new Shell(out, true), false);
        stage.start("acme");
        stage.awaitUp("acme");
        stage.start("bob");
        stage.awaitUp("bob");
    }

    @Test
    void nodeWhoseDiskFillsUpEndsInWordsAndLosesNothing() throws Exception {
        Path disk = Files.createDirectory(site.home("bob"));
        assumeTrue(
                isDone("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString()),
                "a small disk can be mounted by root only");
        try {
            start();
            patient.ask("acme", "line", "deploy", site.line(9).toString(), "--claim");
            patient.awaitName();
            String channel = patient.openChannel("20");

            Path ballast = disk.resolve("ballast");
            fill(ballast);

            assertThat(stage.awaitEnd("bob")).isEqualTo(CommandFailed.REFUSED);
            assertThat(stage.log("bob"))
                    .containsPattern("the node stopped: .*(disk|No space left)");
            stage.start("bob");
            assertThat(stage.awaitEnd("bob")).isEqualTo(CommandFailed.REFUSED);
            assertThat(stage.log("bob")).contains("MiB left");

            Files.delete(ballast);
            stage.start("bob");
            stage.awaitUp("bob");
            requireWorks(channel);
        } finally {
            stage.close();
            isDone("umount", disk.toString());
        }
    }

    private void requireWorks(String channel) {
        JsonNode seen = patient.ask("bob", "channel", "show", channel);
        assertThat(Patient.phase(seen)).isEqualTo("open");
        patient.close(channel);
        Amount bob = balance("bob");
        // The fees of opening and closing went to acme, who mines; nothing else is gone.
        assertThat(bob.baseUnits())
                .isBetween(Amount.parse("999").baseUnits(), Amount.parse("1000").baseUnits());
    }

    private Amount balance(String who) {
        return Amount.parse(patient.ask(who, "chain", "account", "me").path("balance").asText());
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file)) {
            byte[] block = new byte[BLOCK];
            while (true) {
                stream.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean isDone(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
