package io.wormhole.runtime.cli;

import io.wormhole.protocol.bytes.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes the files that people ask for: whole, or not at all. */
final class OutputFile {
    private static final int PART = 1 << 20;

    private OutputFile() {}

    /** Makes {@code file}, or takes the place of the one there is; a device is written to as is. */
    static void write(Path file, Bytes content) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                copy(content, file, StandardOpenOption.WRITE);
            } else {
                // Behind a link the file changes, not the link.
                replace(Files.exists(file) ? file.toRealPath() : file, content);
            }
        } catch (IOException refused) {
            throw failed(file, refused);
        }
    }

    private static void replace(Path file, Bytes content) throws IOException {
        Path draft = draftOf(file);
        try {
            copy(content, draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    // In parts, because a large content may be there twice already.
    private static void copy(Bytes content, Path file, OpenOption... how) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, how)) {
            for (int from = 0; from < content.size(); from += PART) {
                out.write(content.slice(from, Math.min(content.size(), from + PART)).toArray());
            }
        }
    }

    /** A free name beside {@code target}, removed when the program is interrupted. */
    static Path draftOf(Path target) {
        Path draft =
                target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + "~");
        draft.toFile().deleteOnExit();
        return draft;
    }

    /** Says which file could not be written, and why. */
    static CommandFailed failed(Path file, IOException refused) {
        String why =
                refused instanceof FileSystemException named && named.getReason() != null
                        ? named.getReason()
                        : refused instanceof FileSystemException
                                ? WormholeCommand.kind(refused)
                                : String.valueOf(refused.getMessage());
        return new CommandFailed(
                CommandFailed.REFUSED, "%s cannot be written: %s".formatted(file, why));
    }
}
