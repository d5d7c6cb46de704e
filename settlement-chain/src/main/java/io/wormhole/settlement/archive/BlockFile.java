package io.wormhole.settlement.archive;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.settlement.block.Block;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Blocks of one chain in one file: a line that names the format, network id, first height, count,
 * then each block with its length. Numbers are big-endian.
 */
public final class BlockFile {
    private static final byte[] MAGIC = "wormhole-blocks/1\n".getBytes(StandardCharsets.US_ASCII);

    private BlockFile() {}

    /** What a file says about itself. */
    public record Range(long firstHeight, long count) {}

    /** What takes the blocks of a file, lowest first; throws to stop. */
    @FunctionalInterface
    public interface Reader {
        /** Takes the next block. */
        void take(Block block) throws ArchiveRefused;
    }

    /** Writes the blocks of {@code range} into a file that must not exist: all, or no file. */
    public static void write(Path file, NetworkId network, Range range, LongFunction<Bytes> blocks)
            throws IOException {
        OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(opened))) {
            write(out, network, range, blocks);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }

    private static void write(
            DataOutputStream out, NetworkId network, Range range, LongFunction<Bytes> blocks)
            throws IOException {
        out.write(MAGIC);
        out.write(network.genesis().bytes().toArray());
        out.writeLong(range.firstHeight());
        out.writeLong(range.count());
        for (long i = 0; i < range.count(); i++) {
            byte[] block = blocks.apply(range.firstHeight() + i).toArray();
            out.writeInt(block.length);
            out.write(block);
        }
    }

    /** Reads a file of {@code network} to its end. */
    public static Range read(Path file, NetworkId network, Reader reader)
            throws IOException, ArchiveRefused {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Range range = readStart(file, network, in);
            for (long i = 0; i < range.count(); i++) {
                reader.take(readBlock(file, in));
            }
            if (in.read() >= 0) {
                throw new ArchiveRefused(file + " goes on after its last block");
            }
            return range;
        } catch (EOFException cut) {
            throw new ArchiveRefused(file + " is cut off");
        }
    }

    private static Range readStart(Path file, NetworkId network, DataInputStream in)
            throws IOException, ArchiveRefused {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new ArchiveRefused(file + " is no file of blocks, as `chain export` writes it");
        }
        byte[] id = new byte[Hash.SIZE];
        in.readFully(id);
        if (!Bytes.of(id).equals(network.genesis().bytes())) {
            throw new ArchiveRefused(
                    "%s is of network %s, not of %s"
                            .formatted(file, Bytes.of(id).toHex(), network));
        }
        Range range = new Range(in.readLong(), in.readLong());
        if (range.firstHeight() < 0 || range.count() < 0) {
            throw new ArchiveRefused(file + " has a negative height or count");
        }
        return range;
    }

    private static Block readBlock(Path file, DataInputStream in)
            throws IOException, ArchiveRefused {
        int length = in.readInt();
        if (length < 0 || length > Block.MAXIMUM_SIZE) {
            throw new ArchiveRefused(
                    "%s has a block of %d bytes; allowed: %d"
                            .formatted(file, length, Block.MAXIMUM_SIZE));
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException();
        }
        try {
            return Block.decode(Bytes.of(content));
        } catch (IllegalArgumentException malformed) {
            throw new ArchiveRefused(file + " has a damaged block: " + malformed.getMessage());
        }
    }
}
