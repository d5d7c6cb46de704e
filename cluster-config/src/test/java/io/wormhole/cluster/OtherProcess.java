package io.wormhole.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A second JVM with the class path of the test; its main class talks by lines. */
public final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private OtherProcess(Process process) {
        this.process = process;
        this.lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static OtherProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin/java");
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new OtherProcess(process);
    }

    private static String classPath() {
        // Surefire puts the real class path here when it starts the JVM from a jar.
        String real = System.getProperty("surefire.test.class.path");
        return real == null ? System.getProperty("java.class.path") : real;
    }

    /** Reads lines until one starts with the prefix, and returns the rest of that line. */
    public String await(String prefix) throws IOException {
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
            line = lines.readLine();
        }
        throw new IOException("the process ended without saying " + prefix);
    }

    /** The next line; empty at the end of the process. */
    public Optional<String> line() throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}, and waits until the process is gone. */
    public void kill() {
        // Not through Process, which would also throw away what was printed and not yet read.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
