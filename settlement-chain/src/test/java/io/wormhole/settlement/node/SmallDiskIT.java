package io.wormhole.settlement.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real node whose files reach a limit of the operating system, as on a disk that is full. */
@Timeout(120)
class SmallDiskIT {
    private static final int LARGEST_FILE_KIB = 200;

    @Test
    void aNodeOnAFullDiskEndsAndNothingAcknowledgedIsLost(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash to set a limit");
        Map<Long, String> acknowledged = runUntilTheDiskIsFull(folder);

        assertThat(acknowledged).isNotEmpty();
        long highest = ((TreeMap<Long, String>) acknowledged).lastKey();
        Process again = KillIT.start(folder, "");
        try (BufferedReader said = reader(again)) {
            String first =
                    said.lines().filter(line -> line.startsWith("HEAD ")).findFirst().orElseThrow();
            assertThat(Long.parseLong(first.split(" ", -1)[1])).isGreaterThanOrEqualTo(highest);
        } finally {
            again.destroyForcibly();
            again.onExit().join();
        }
    }

    private static Map<Long, String> runUntilTheDiskIsFull(Path folder) throws IOException {
        Map<Long, String> acknowledged = new TreeMap<>();
        Process process = KillIT.start(folder, "ulimit -f " + LARGEST_FILE_KIB + ";");
        try (BufferedReader said = reader(process)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("HEAD")) {
                    acknowledged.put(Long.parseLong(words[1]), words[2]);
                } else if (words[0].equals("FAILED")) {
                    assertThat(line).containsAnyOf("disk full", "No space left", "File too large");
                    break;
                }
            }
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
        return acknowledged;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
