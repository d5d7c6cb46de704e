package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.NetworkId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.h2.store.fs.FilePath;

/**
 * The last blocks and votes in two plain files beside the database, forced to the disk before they
 * count.
 *
 * <p>H2 2.5 opens a file that was cut off by {@code kill -9} in an older state now and then,
 * without a word: in one of ten kills under load the last commit was gone, forced or not. So what
 * is acknowledged is in here first, and what the database lacks at the next start comes from here.
 *
 * <p>A file is: 32 bytes network id, 8 bytes generation, then records of one byte kind, four bytes
 * length, content, and four bytes CRC-32C over all of it. Reading ends at the first record that is
 * not whole. When the file in use is full and the database is forced to the disk, the other file is
 * begun anew.
 */
final class Tail implements AutoCloseable {
    /** A block with its witness, as older programs wrote it. */
    static final byte BLOCK = 1;

    static final byte VOTE = 2;

    /** A block without its witness: that is found again when the block is. */
    static final byte BARE_BLOCK = 3;

    private static final int NETWORK_BYTES = 32;
    private static final int START_BYTES = NETWORK_BYTES + 8;
    private static final int HEAD_BYTES = 5;
    private static final int CHECK_BYTES = 4;
    private static final int MAXIMUM_CONTENT = 64 << 20;

    private final FileChannel[] files;
    private final NetworkId network;
    private final long fullAtBytes;
    private int current;
    private long generation;

    /** A record. */
    record Entry(byte kind, Bytes content) {}

    private Tail(FileChannel[] files, NetworkId network, long fullAtBytes) {
        this.files = files;
        this.network = network;
        this.fullAtBytes = fullAtBytes;
    }

    /**
     * Opens the files, or makes them.
     *
     * @param path of the database, in H2's form
     */
    static Tail open(String path, NetworkId network, long fullAtBytes) throws IOException {
        FileChannel[] files = {file(path, 0), file(path, 1)};
        lock(files[0], path);
        Tail tail = new Tail(files, network, fullAtBytes);
        long first = tail.generation(files[0], path);
        long second = tail.generation(files[1], path);
        if (first == 0 && second == 0) {
            tail.begin(0, 1);
        } else {
            tail.current = first > second ? 0 : 1;
            tail.generation = Math.max(first, second);
        }
        return tail;
    }

    /** The lock lasts as long as the file is open; H2's own does not keep out the same process. */
    private static void lock(FileChannel file, String path) throws IOException {
        boolean isOurs;
        try {
            isOurs = file.tryLock() != null;
        } catch (OverlappingFileLockException heldHere) {
            isOurs = false;
        }
        if (!isOurs) {
            throw new StoreException(
                    StoreException.Kind.LOCKED,
                    "the chain database "
                            + path
                            + " is in use by another node: stop that one, or use another data directory");
        }
    }

    private static FileChannel file(String path, int number) throws IOException {
        return FilePath.get(path + ".tail" + number).open("rw");
    }

    /** How many files were begun up to this one; 0 when it was never begun, or not wholly. */
    private long generation(FileChannel file, String path) throws IOException {
        if (file.size() < START_BYTES) {
            return 0;
        }
        byte[] start = read(file, 0, START_BYTES);
        if (!Bytes.of(start).slice(0, NETWORK_BYTES).equals(network.genesis().bytes())) {
            throw new StoreException(
                    StoreException.Kind.OTHER_NETWORK,
                    "the files beside the chain database "
                            + path
                            + " belong to another network than "
                            + network
                            + ": use another data directory");
        }
        return ByteBuffer.wrap(start).getLong(NETWORK_BYTES);
    }

    private void begin(int number, long newGeneration) throws IOException {
        FileChannel file = files[number];
        file.truncate(0);
        ByteBuffer start = ByteBuffer.allocate(START_BYTES);
        start.put(network.genesis().bytes().toArray()).putLong(newGeneration);
        write(file, 0, start.flip());
        file.force(false);
        current = number;
        generation = newGeneration;
    }

    /** Everything that is whole, oldest first; what is not is cut off. */
    List<Entry> entries() throws IOException {
        List<Entry> ordered = new ArrayList<>(entries(files[1 - current]));
        ordered.addAll(entries(files[current]));
        return ordered;
    }

    private static List<Entry> entries(FileChannel file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        long at = START_BYTES;
        long size = file.size();
        while (size - at >= HEAD_BYTES + CHECK_BYTES) {
            ByteBuffer head = ByteBuffer.wrap(read(file, at, HEAD_BYTES));
            byte kind = head.get();
            int length = head.getInt();
            long end = at + HEAD_BYTES + (long) length + CHECK_BYTES;
            if (length < 0 || length > MAXIMUM_CONTENT || end > size) {
                break;
            }
            byte[] record = read(file, at, HEAD_BYTES + length + CHECK_BYTES);
            if (ByteBuffer.wrap(record).getInt(HEAD_BYTES + length)
                    != checksum(record, HEAD_BYTES + length)) {
                break;
            }
            entries.add(new Entry(kind, Bytes.of(record).slice(HEAD_BYTES, HEAD_BYTES + length)));
            at = end;
        }
        if (at < size) {
            file.truncate(at);
        }
        return entries;
    }

    /** Adds records of one kind; they are on the disk when this returns. */
    void append(byte kind, List<Bytes> contents) throws IOException {
        FileChannel file = files[current];
        for (Bytes content : contents) {
            write(file, file.size(), record(kind, content));
        }
        file.force(false);
    }

    private static ByteBuffer record(byte kind, Bytes content) {
        int length = content.size();
        ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + length + CHECK_BYTES);
        record.put(kind).putInt(length).put(content.toArray());
        record.putInt(checksum(record.array(), HEAD_BYTES + length));
        return record.flip();
    }

    /** Whether the file in use has as much as it should. */
    boolean isFull() throws IOException {
        return files[current].size() > fullAtBytes;
    }

    /** Goes on in the other file; the database must hold what that one has. */
    void turn() throws IOException {
        begin(1 - current, generation + 1);
    }

    private static int checksum(byte[] content, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] read(FileChannel file, long at, int length) throws IOException {
        byte[] content = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file ended at " + (at + buffer.position()));
            }
        }
        return content;
    }

    private static void write(FileChannel file, long at, ByteBuffer content) throws IOException {
        long position = at;
        while (content.hasRemaining()) {
            position += file.write(content, position);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
