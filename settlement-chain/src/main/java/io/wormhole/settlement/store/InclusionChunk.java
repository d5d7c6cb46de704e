package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Entries of a run of inclusions, ascending by transaction: 32 bytes transaction, 32 bytes block,
 * four bytes place. All entries of a transaction are in one chunk.
 */
final class InclusionChunk {
    static final int ENTRY_BYTES = 2 * Hash.SIZE + Integer.BYTES;
    private static final int BLOCK_AT = Hash.SIZE;
    private static final int PLACE_AT = 2 * Hash.SIZE;

    private InclusionChunk() {}

    /** A block, and a transaction's place in it. */
    record Place(Hash block, int place) {}

    static byte[] entry(Bytes transaction, Bytes block, int place) {
        byte[] entry = new byte[ENTRY_BYTES];
        transaction.copyTo(entry, 0);
        block.copyTo(entry, BLOCK_AT);
        ByteBuffer.wrap(entry).putInt(PLACE_AT, place);
        return entry;
    }

    static boolean isOfOneTransaction(byte[] entry, byte[] other) {
        return Arrays.equals(entry, 0, Hash.SIZE, other, 0, Hash.SIZE);
    }

    static byte[] transaction(byte[] entry) {
        return Arrays.copyOf(entry, Hash.SIZE);
    }

    /** The entries of a transaction. */
    static List<Place> find(byte[] chunk, Hash transaction) {
        byte[] wanted = transaction.bytes().toArray();
        int low = 0;
        int high = chunk.length / ENTRY_BYTES;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(chunk, middle, wanted) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        List<Place> found = new ArrayList<>();
        for (int at = low;
                at < chunk.length / ENTRY_BYTES && compare(chunk, at, wanted) == 0;
                at++) {
            ByteBuffer entry = ByteBuffer.wrap(chunk, at * ENTRY_BYTES, ENTRY_BYTES).slice();
            found.add(
                    new Place(
                            new Hash(Bytes.of(entry.slice(BLOCK_AT, Hash.SIZE))),
                            entry.getInt(PLACE_AT)));
        }
        return found;
    }

    private static int compare(byte[] chunk, int index, byte[] transaction) {
        int from = index * ENTRY_BYTES;
        return Arrays.compareUnsigned(chunk, from, from + Hash.SIZE, transaction, 0, Hash.SIZE);
    }

    /** All entries. */
    static List<byte[]> entries(byte[] chunk) {
        List<byte[]> entries = new ArrayList<>(chunk.length / ENTRY_BYTES);
        for (int at = 0; at < chunk.length; at += ENTRY_BYTES) {
            entries.add(Arrays.copyOfRange(chunk, at, at + ENTRY_BYTES));
        }
        return entries;
    }
}
