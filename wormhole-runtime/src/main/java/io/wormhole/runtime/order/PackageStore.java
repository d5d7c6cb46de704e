package io.wormhole.runtime.order;

import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.line.PackageLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * ISA packages on disk by the SHA-256 of their bytes, complete or still arriving; blocks on the
 * disk. Those found valid can be found by their ids as well: a file named by the id has the name of
 * the package's file in it.
 */
public final class PackageStore implements PackageLibrary {
    /** Bytes of one chunk on the wire. */
    public static final int CHUNK = 256 * 1024;

    private final Path directory;

    /** A store in {@code directory}, which is made if it is not there. */
    public PackageStore(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Where the complete package is, or would be. */
    public Path file(Hash hash) {
        return directory.resolve(hash.toHex() + ".isa");
    }

    /** Whether the package is complete. */
    public boolean has(Hash hash) {
        return Files.exists(file(hash));
    }

    @Override
    public boolean holds(Hash isa) {
        return Files.exists(entry(isa));
    }

    @Override
    public void hold(Hash isa, Path file) throws IOException {
        if (!holds(isa)) {
            Path partial = Files.createTempFile(directory, "id", ".part");
            Files.writeString(partial, String.valueOf(file.getFileName()));
            Files.move(partial, entry(isa), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path entry(Hash isa) {
        return directory.resolve(isa.toHex() + ".id");
    }

    /** Stores a package of our own; returns its hash. */
    public Hash put(Bytes content) throws IOException {
        Hash hash = new Hash(Bytes.of(Hash.sha256().digest(content.toArray())));
        if (!has(hash)) {
            Path partial = Files.createTempFile(directory, "own", ".part");
            Files.write(partial, content.toArray());
            Files.move(partial, file(hash), StandardCopyOption.ATOMIC_MOVE);
        }
        return hash;
    }

    /** The chunk of a complete package at {@code offset}; shorter at the end. */
    public Bytes chunk(Hash hash, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file(hash), StandardOpenOption.READ)) {
            if (offset < 0 || offset > channel.size()) {
                throw new IOException("offset " + offset + " of " + channel.size() + " bytes");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, channel.size() - offset));
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer, offset + buffer.position());
            }
            return Bytes.of(buffer.array());
        }
    }

    /**
     * Bytes of an arriving package of {@code total} bytes that are here already. What a crash left
     * whole is completed; what does not fit is dropped.
     *
     * @throws IllegalArgumentException when the package is larger than allowed
     */
    public long arrived(Hash hash, long total) throws IOException {
        requireSize(total);
        if (has(hash)) {
            return total;
        }
        long here = here(hash);
        if (here < total) {
            return here;
        }
        if (here == total && here > 0 && sha256(partial(hash)).equals(hash)) {
            complete(hash);
            return total;
        }
        Files.deleteIfExists(partial(hash));
        return 0;
    }

    private long here(Hash hash) throws IOException {
        return Files.exists(partial(hash)) ? Files.size(partial(hash)) : 0;
    }

    /**
     * Adds a chunk of an arriving package.
     *
     * @return how many bytes are here now; the offset from which to go on
     * @throws IllegalArgumentException when the package is larger than allowed, or the whole of it
     *     does not have the announced hash; it is dropped then
     */
    public long add(Hash hash, long total, long offset, Bytes content) throws IOException {
        requireSize(total);
        long here = here(hash);
        if (offset != here || here + content.size() > total) {
            return here;
        }
        Files.write(
                partial(hash),
                content.toArray(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        long now = here + content.size();
        if (now == total) {
            complete(hash);
        }
        return now;
    }

    private static void requireSize(long total) {
        if (total < 1 || total > IsaPackage.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "package of %d bytes, allowed 1 to %d".formatted(total, IsaPackage.MAX_BYTES));
        }
    }

    private void complete(Hash hash) throws IOException {
        if (!sha256(partial(hash)).equals(hash)) {
            Files.delete(partial(hash));
            throw new IllegalArgumentException("the package does not have the hash " + hash);
        }
        Files.move(partial(hash), file(hash), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Hash sha256(Path file) throws IOException {
        MessageDigest digest = Hash.sha256();
        byte[] buffer = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Hash(Bytes.of(digest.digest()));
    }

    private Path partial(Hash hash) {
        return directory.resolve(hash.toHex() + ".part");
    }
}
