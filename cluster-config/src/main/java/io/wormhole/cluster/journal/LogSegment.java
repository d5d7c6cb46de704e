package io.wormhole.cluster.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file of the log. It is filled with zeros when it is made, so that forcing what is written
 * later changes nothing but content.
 */
final class LogSegment implements AutoCloseable {
    /** Size of an ordinary segment; a larger record gets one of its own size. */
    static final int BYTES = 8 << 20;

    private static final int ZEROS = 1 << 20;

    final Path file;
    private final FileChannel channel;
    private final boolean forced;
    private final long size;
    private long position;

    /** Index of the last record in it; one below the first while it is empty. */
    private long last;

    private LogSegment(Path file, FileChannel channel, long size, long first, boolean forced) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.forced = forced;
        this.last = first - 1;
    }

    static LogSegment create(Path database, long first, int atLeast, boolean forced)
            throws IOException {
        Path file =
                database.resolveSibling("%s.%019d.log".formatted(database.getFileName(), first));
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        long size = Math.max(BYTES, atLeast);
        for (long at = 0; at < size; at += ZEROS) {
            channel.write(ByteBuffer.allocate((int) Math.min(ZEROS, size - at)), at);
        }
        if (forced) {
            channel.force(true);
            forceDirectory(file);
        }
        return new LogSegment(file, channel, size, first, forced);
    }

    // The name of a new file is durable when its directory is.
    private static void forceDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
                open.force(true);
            }
        }
    }

    boolean hasRoom(int bytes) {
        return position + bytes <= size;
    }

    long last() {
        return last;
    }

    /** Writes records; the disk has them after the next {@link #force}. */
    void write(ByteBuffer records, long lastIndex) throws IOException {
        while (records.hasRemaining()) {
            position += channel.write(records, position);
        }
        last = lastIndex;
    }

    /** Waits until the disk has all that was written. */
    void force() throws IOException {
        if (forced) {
            channel.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The segments beside a database, oldest first. */
    static List<Path> files(Path database) throws IOException {
        Path directory = database.toAbsolutePath().getParent();
        String name = database.getFileName().toString();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            Pattern segment = Pattern.compile(Pattern.quote(name) + "\\.\\d{19}\\.log");
            return all.filter(file -> segment.matcher("" + file.getFileName()).matches())
                    .sorted()
                    .toList();
        }
    }

    /**
     * Index of the first record of a file, as its name says. A file is made when all records of
     * lower indices are on the disk, so none of them may be missing.
     */
    static long first(Path file) {
        String[] parts = String.valueOf(file.getFileName()).split("\\.", -1);
        return Long.parseLong(parts[parts.length - 2]);
    }

    /**
     * The whole records of a file. What follows the last one is the rest of a write that nobody was
     * told had ended, and counts for nothing.
     *
     * @throws DamagedLogException when records were written after the broken one had been forced
     */
    static List<LogRecord> read(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
        List<LogRecord> records = new ArrayList<>();
        Optional<LogRecord> next = LogRecord.readFrom(content);
        while (next.isPresent()) {
            records.add(next.get());
            next = LogRecord.readFrom(content);
        }
        long broken = records.isEmpty() ? first(file) : records.get(records.size() - 1).index() + 1;
        checkRest(file, content, broken);
        return records;
    }

    private static void checkRest(Path file, ByteBuffer content, long broken)
            throws DamagedLogException {
        while (content.hasRemaining()) {
            Optional<LogRecord> later = LogRecord.readFrom(content);
            if (later.isPresent() && later.get().groupFirst() > broken) {
                throw new DamagedLogException(file, broken);
            }
            if (later.isEmpty()) {
                content.get();
            }
        }
    }

    /** A record is broken that was forced to disk long before. */
    static final class DamagedLogException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedLogException(Path file, long index) {
            super("record " + index + " of the event log " + file + " is damaged");
        }
    }
}
