package io.wormhole.settlement.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real node whose data directory the operating system has made read-only, as after a fault of the
 * disk; in a mount namespace of its own, where that is permitted.
 */
@Timeout(120)
class ReadOnlyDiskIT {
    @Test
    void aNodeOnAReadOnlyDiskSaysWhyAndGoesOnWhereItStoodWhenItIsWritable(@TempDir Path folder)
            throws Exception {
        assumeTrue(canMount(folder), "needs the right to mount");
        long acknowledged = headAfter(KillIT.start(folder, ""), 10);
        List<String> said = readOnly(folder);

        assertThat(said)
                .as("what it says on a read-only disk")
                .noneMatch(line -> line.startsWith("HEAD "))
                .anyMatch(line -> line.contains("read-only") && line.contains("chain database"))
                .noneMatch(line -> line.contains("damaged"));
        assertThat(headAfter(KillIT.start(folder, ""), 1)).isGreaterThanOrEqualTo(acknowledged);
    }

    /** The height that a node acknowledges last before it is killed, after so many blocks. */
    private static long headAfter(Process process, int heads) throws IOException {
        long height = -1;
        try (BufferedReader said = reader(process)) {
            for (int seen = 0; seen < heads; ) {
                String line =
                        Optional.ofNullable(said.readLine())
                                .orElseThrow(() -> new AssertionError("the node has ended"));
                if (line.startsWith("HEAD ")) {
                    height = Long.parseLong(line.split(" ", -1)[1]);
                    seen++;
                }
            }
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
        return height;
    }

    /** All that a node says that finds its directory read-only, until it ends. */
    private static List<String> readOnly(Path folder) throws IOException {
        Process process =
                KillIT.start(folder, mounted(folder) + " exec 2>&1; exec \"$@\"' bash \"$@\";");
        try (BufferedReader said = reader(process)) {
            return said.lines().toList();
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static String mounted(Path folder) {
        return "exec unshare -m /bin/bash -c 'mount --bind %1$s %1$s && mount -o remount,ro,bind %1$s &&"
                .formatted(folder);
    }

    private static boolean canMount(Path folder) throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/unshare"))
                && new ProcessBuilder("/bin/bash", "-c", mounted(folder) + " true'")
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
