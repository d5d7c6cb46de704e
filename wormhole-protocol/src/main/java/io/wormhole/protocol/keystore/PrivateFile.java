package io.wormhole.protocol.keystore;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.keystore.KeystoreException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * Writes a file that its owner alone may read: whole under another name, forced to the disk, then
 * moved into its place, so that a crash leaves the old file or the new one.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ALONE =
            PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    static void create(Path file, Bytes content, SecureRandom random) throws IOException {
        Path draft = write(file, content, random);
        try {
            place(file, draft);
        } finally {
            Files.deleteIfExists(draft);
        }
        forceFolder(file);
    }

    /** Puts a whole new content in the place of a file, or of none. */
    public static void replace(Path file, Bytes content, SecureRandom random) throws IOException {
        Path draft = write(file, content, random);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        forceFolder(file);
    }

    static boolean isPrivate(Path file) throws IOException {
        return !isPosix(file) || OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file));
    }

    static KeystoreException exists(Path file) {
        return new KeystoreException(
                Fault.ALREADY_EXISTS,
                "there is something at " + file + " already; it was left alone");
    }

    /** A link, unlike a move, never takes the place of a file that came up meanwhile. */
    private static void place(Path file, Path draft) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException taken) {
            throw exists(file);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(draft, file);
        }
    }

    private static Path write(Path file, Bytes content, SecureRandom random) throws IOException {
        byte[] suffix = new byte[8];
        random.nextBytes(suffix);
        Path draft =
                file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(suffix));
        FileAttribute<?>[] attributes =
                isPosix(folder(file))
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                        : new FileAttribute<?>[0];
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(draft, options, attributes)) {
            ByteBuffer rest = ByteBuffer.wrap(content.toArray());
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        } catch (IOException failed) {
            Files.deleteIfExists(draft);
            throw failed;
        }
        return draft;
    }

    private static void forceFolder(Path file) throws IOException {
        // Only POSIX systems open a folder; elsewhere a move is on the disk when it returns.
        if (isPosix(folder(file))) {
            try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static Path folder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is not in a folder");
        }
        return folder;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
