package io.wormhole.runtime.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the archive of loaded classes with which the program starts in about half the time. The
 * build runs it; a virtual machine that makes no archives only leaves the program slower to start.
 */
public final class ClassArchive {
    private ClassArchive() {}

    /**
     * Makes the archive of the program on this class path.
     *
     * @param arguments the archive's path
     * @throws IOException when files cannot be written
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path archive = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Files.createTempDirectory("wormhole-rehearsal");
        try {
            Path draft = folder.resolve("draft.jsa");
            if (rehearse(folder, draft) == 0 && Files.exists(draft)) {
                Path whole = archive.resolveSibling(archive.getFileName() + ".draft");
                Files.copy(draft, whole, StandardCopyOption.REPLACE_EXISTING);
                // A virtual machine trusts what it maps: it never sees a part of one.
                Files.move(whole, archive, StandardCopyOption.ATOMIC_MOVE);
            } else {
                System.err.println("no archive of classes was made: starts take longer");
            }
        } finally {
            delete(folder);
        }
    }

    private static int rehearse(Path folder, Path draft) throws IOException, InterruptedException {
        List<String> command =
                Program.virtualMachine(
                        "-XX:ArchiveClassesAtExit=" + draft, Rehearsal.class.getName());
        command.add(folder.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
