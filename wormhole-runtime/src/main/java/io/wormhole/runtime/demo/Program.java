package io.wormhole.runtime.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** How this program is started as another process: small, and quick to start. */
public final class Program {
    private Program() {}

    /** The command that runs the program with {@code arguments}. */
    public static List<String> command(String... arguments) {
        // The virtual machine goes on without the archive when there is none, or not of this build.
        String jar = new StringTokenizer(classPath(), File.pathSeparator).nextToken();
        Path archive = Path.of(jar).resolveSibling("wormhole.jsa");
        List<String> command =
                virtualMachine("-XX:SharedArchiveFile=" + archive, "io.wormhole.runtime.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    static List<String> virtualMachine(String archive, String main) {
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        archive,
                        "-Xlog:cds*=off",
                        "-Xlog:class+path=off",
                        "-cp",
                        classPath(),
                        main));
    }

    private static String classPath() {
        return System.getProperty("wormhole.class-path", System.getProperty("java.class.path"));
    }
}
