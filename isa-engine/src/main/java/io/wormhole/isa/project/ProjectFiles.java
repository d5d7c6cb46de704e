package io.wormhole.isa.project;

import io.wormhole.isa.pkg.IsaAttachment;
import io.wormhole.isa.pkg.IsaFaultsException;
import io.wormhole.isa.pkg.IsaManifest;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.protocol.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an ISA's folder. Folders in it, and what has a name that begins with a dot, are left
 * out; whatever else is no plain file, or larger than its kind may be, is refused before it is
 * read.
 */
final class ProjectFiles {
    private static final int MAX_FILES = 64;

    private final List<String> faults = new ArrayList<>();
    private long together;

    private ProjectFiles() {}

    static SortedMap<String, Bytes> read(Path folder) throws IOException {
        List<Path> found = list(folder);
        ProjectFiles files = new ProjectFiles();
        for (Path file : found) {
            files.check(file);
        }
        if (files.together > IsaPackage.MAX_BYTES) {
            files.faults.add(
                    "%s: files of %d bytes together, at most %d are allowed"
                            .formatted(folder, files.together, IsaPackage.MAX_BYTES));
        }
        if (!files.faults.isEmpty()) {
            throw new IsaFaultsException(files.faults);
        }
        SortedMap<String, Bytes> contents = new TreeMap<>();
        for (Path file : found) {
            contents.put(name(file), content(file));
        }
        return contents;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> found =
                    entries.filter(file -> !name(file).startsWith("."))
                            .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                            .limit(MAX_FILES + 1L)
                            .sorted()
                            .toList();
            if (found.size() > MAX_FILES) {
                throw new IsaFaultsException(
                        List.of(folder + ": more than " + MAX_FILES + " files"));
            }
            return found;
        }
    }

    private void check(Path file) throws IOException {
        String name = name(file);
        if (Files.isSymbolicLink(file)) {
            faults.add(name + ": a link, put the file itself there");
        } else if (!Files.isRegularFile(file)) {
            faults.add(name + ": neither a file nor a folder");
        } else if (!IsaAttachment.isName(name)) {
            faults.add(name + ": " + rename(name));
        } else {
            long size = Files.size(file);
            together += size;
            if (size > mostBytes(name)) {
                faults.add(tooLarge(name, Long.toString(size)));
            }
        }
    }

    private static String rename(String name) {
        String small = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        return "the name of a file has small letters, digits, '.', '_' and '-', begins with a letter"
                + " or digit, and has at most 100 characters"
                + (IsaAttachment.isName(small) ? ": call it " + small : "");
    }

    // The size may have grown since it was looked up.
    private static Bytes content(Path file) throws IOException {
        int most = mostBytes(name(file));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new IsaFaultsException(List.of(tooLarge(name(file), "more")));
            }
            return Bytes.of(content);
        }
    }

    private static String tooLarge(String name, String size) {
        return "%s: %s bytes, at most %d are allowed".formatted(name, size, mostBytes(name));
    }

    private static int mostBytes(String name) {
        if (name.equals(IsaProject.MANIFEST)) {
            return IsaManifest.MAX_CHARACTERS;
        }
        boolean text = name.equals(IsaProject.EXAMPLES) || Sources.isSource(name);
        return text || name.endsWith("." + Sources.MODULE)
                ? Sources.mostBytes(name)
                : IsaPackage.MAX_BYTES;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
