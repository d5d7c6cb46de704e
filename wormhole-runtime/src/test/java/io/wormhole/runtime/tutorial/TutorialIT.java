package io.wormhole.runtime.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.runtime.demo.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/tutorial.md}, in its order, in one shell. */
class TutorialIT {
    private static final Pattern BLOCK = Pattern.compile("```bash\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("\\b97[0-9][0-9]\\b");
    private static final long MINUTES = 8;

    @TempDir Path folder = Path.of(".");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyCommandOfTheTutorialWorks() throws IOException, InterruptedException {
        Path home = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
        List<String> ports = FreePorts.some(16).stream().map(String::valueOf).toList();
        String script = withFreePorts(commandsOf(home.resolve("docs/tutorial.md")), ports);
        Path checkout = withFreePorts(home, ports);
        Path log = folder.resolve("tutorial.log");

        int exitCode = run(script, checkout, log);

        assertThat(exitCode).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("complete: 3 of 3 delivered");
    }

    private static String commandsOf(Path document) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(document));
        StringBuilder commands = new StringBuilder("set -euo pipefail\n");
        while (blocks.find()) {
            commands.append(blocks.group(1)).append('\n');
        }
        return commands.toString();
    }

    // The reader's ports are fixed, a test's may not be: 97nn stands for the same free port
    // everywhere.
    private static String withFreePorts(String text, List<String> ports) {
        List<String> seen = new ArrayList<>(List.of("9701", "9702", "9703", "9711", "9712"));
        seen.addAll(List.of("9713", "9750", "9751"));
        return PORT.matcher(text)
                .replaceAll(
                        match -> {
                            int index = seen.indexOf(match.group());
                            assertThat(index).as("port " + match.group()).isNotNegative();
                            return ports.get(index);
                        });
    }

    private Path withFreePorts(Path home, List<String> ports) throws IOException {
        Path checkout = folder.resolve("checkout");
        for (String file : List.of("examples/line/line7.conf", "examples/cup/cup.gcode")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            String content = Files.readString(home.resolve(file));
            Files.writeString(
                    checkout.resolve(file),
                    file.endsWith(".conf") ? withFreePorts(content, ports) : content);
        }
        return checkout;
    }

    private int run(String script, Path checkout, Path log)
            throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path program = bin.resolve("wormhole");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(String.join("' '", Program.command())));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path work = Files.createDirectories(folder.resolve("work"));
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-c", script)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        shell.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        shell.environment().put("WORMHOLE_HOME", checkout.toString());
        Process running = shell.start();
        if (!running.waitFor(MINUTES, TimeUnit.MINUTES)) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            return -1;
        }
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        return running.exitValue();
    }
}
