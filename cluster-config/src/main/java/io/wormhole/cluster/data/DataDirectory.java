package io.wormhole.cluster.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wormhole.cluster.data.DataRefusal.DiskFull;
import io.wormhole.cluster.data.DataRefusal.InUse;
import io.wormhole.cluster.data.DataRefusal.NewerFormat;
import io.wormhole.cluster.data.DataRefusal.NotWritable;
import io.wormhole.cluster.data.DataRefusal.OtherNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An opened data directory: locked for this process, marked for its network and format.
 *
 * <p>The lock is one of the operating system, so it ends with the process however that ends.
 */
public final class DataDirectory implements AutoCloseable {
    /** Name of the file that says what the directory is. */
    public static final String MARKER = "wormhole-data.properties";

    /** Name of the file that is locked and tells the process id of its holder. */
    public static final String LOCK = "wormhole.lock";

    /** The format version that this program writes, and the highest that it reads. */
    public static final int FORMAT = 1;

    /** Free space below which a directory is refused, unless another bound is given: 64 MiB. */
    public static final long DEFAULT_FREE_BYTES = 64 * DataRefusal.MEBIBYTE;

    static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern PROCESS_ID = Pattern.compile("\\d{1,10}");

    private final Path path;
    private final DataMarker marker;
    private final boolean created;
    private final FileChannel lockFile;

    private DataDirectory(Path path, DataMarker marker, boolean created, FileChannel lockFile) {
        this.path = path;
        this.marker = marker;
        this.created = created;
        this.lockFile = lockFile;
    }

    /**
     * Opens a directory with the default bound on free space, creating it where it is missing.
     *
     * @throws DataRefused when it cannot or must not be used
     */
    public static DataDirectory open(Path directory, String network) {
        return open(directory, network, DEFAULT_FREE_BYTES);
    }

    /**
     * Opens a directory, creating it where it is missing, with access for its owner only.
     *
     * @param network the network that the data belongs to: 1 to 128 letters, digits or {@code ._:-}
     * @param neededBytes free space that the disk must have
     * @throws DataRefused when it cannot or must not be used
     */
    public static DataDirectory open(Path directory, String network, long neededBytes) {
        if (!NETWORK.matcher(network).matches()) {
            throw new IllegalArgumentException(
                    "network id \"" + network + "\", allowed is " + NETWORK.pattern());
        }
        Path path = directory.toAbsolutePath().normalize();
        try {
            createPrivate(path);
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < neededBytes) {
                throw new DataRefused(new DiskFull(path, free, neededBytes));
            }
            FileChannel lock = lock(path);
            try {
                return marked(path, network, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DataRefused(asRefusal(path, e, neededBytes));
        }
    }

    /** The absolute path of the directory. */
    public Path path() {
        return path;
    }

    /** A path inside the directory. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** The network that the data belongs to. */
    public String network() {
        return marker.network();
    }

    /** The format version of the data, 1 to {@link #FORMAT}. */
    public int format() {
        return marker.format();
    }

    /** Whether this call of {@code open} made the directory a data directory. */
    public boolean created() {
        return created;
    }

    /** Gives the directory free for another process; the lock file stays. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createPrivate(Path path) throws IOException {
        var owner = PosixFilePermissions.fromString("rwx------");
        if (!Files.exists(path)) {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(owner));
        }
        if (!Files.isDirectory(path)) {
            throw new IOException("it is a file, not a directory");
        }
        if (!Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
            Files.setPosixFilePermissions(path, owner);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new DataRefused(new InUse(path, holder(channel)));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)));
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new DataRefused(new InUse(path, "this very process"));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(16);
        channel.read(content, 0);
        String text = new String(content.array(), 0, content.position(), UTF_8).strip();
        return PROCESS_ID.matcher(text).matches() ? "process " + text : "another process";
    }

    private static DataDirectory marked(Path path, String network, FileChannel lock)
            throws IOException {
        Optional<DataMarker> found = DataMarker.read(path);
        if (found.isEmpty()) {
            DataMarker fresh = new DataMarker(FORMAT, network);
            fresh.write(path);
            return new DataDirectory(path, fresh, true, lock);
        }
        DataMarker marker = found.get();
        if (marker.format() > FORMAT) {
            throw new DataRefused(new NewerFormat(path, marker.format(), FORMAT));
        }
        if (!marker.network().equals(network)) {
            throw new DataRefused(new OtherNetwork(path, marker.network(), network));
        }
        // Proves that the disk takes writes, before anything depends on it.
        marker.write(path);
        return new DataDirectory(path, marker, false, lock);
    }

    private static DataRefusal asRefusal(Path path, IOException e, long neededBytes) {
        String problem = e.getClass().getSimpleName() + " " + e.getMessage();
        return problem.contains("No space left")
                ? new DiskFull(path, 0, Math.max(neededBytes, DataRefusal.MEBIBYTE))
                : new NotWritable(path, problem);
    }
}
