package io.wormhole.settlement.cuckoo;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * A range of edges of which some are alive, with the means to hash those in order; the part of one
 * thread.
 */
final class EdgeBitmap {
    private final CuckooParameters parameters;
    private final long firstEdge;
    private final long[] alive;
    private final SipHashBatch batch = new SipHashBatch();

    EdgeBitmap(CuckooParameters parameters, long firstEdge, long edges) {
        this.parameters = parameters;
        this.firstEdge = firstEdge;
        alive = new long[Math.toIntExact(edges / Long.SIZE)];
    }

    static long memoryBytes(long edges) {
        return edges / Byte.SIZE + SipHashBatch.MEMORY_BYTES;
    }

    /**
     * What is done with the nodes of a few consecutive living edges: bitmap words from, to; nodes;
     * their number.
     */
    interface Visitor {
        void visit(int fromWord, int toWord, long[] nodes, int count);
    }

    /** Makes all edges alive. */
    void fill() {
        Arrays.fill(alive, -1L);
    }

    /** The edges whose bits are in a word, 64 in a row. */
    long wordAt(int word) {
        return alive[word];
    }

    int words() {
        return alive.length;
    }

    void setWord(int word, long bits) {
        alive[word] = bits;
    }

    long edgeAt(int word, long bits) {
        return firstEdge + ((long) word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /**
     * Hashes the ends at one side of all living edges, in ascending order; stops early when
     * cancelled.
     */
    void forEachNode(SipHash24 keys, int side, BooleanSupplier cancelled, Visitor visitor) {
        long[] words = batch.words();
        int from = 0;
        int count = 0;
        for (int word = 0; word < alive.length; word++) {
            long base = 2 * (firstEdge + ((long) word << 6)) + side;
            for (long bits = alive[word]; bits != 0; bits &= bits - 1) {
                words[count++] = base + 2L * Long.numberOfTrailingZeros(bits);
            }
            if (count > SipHashBatch.SIZE - Long.SIZE) {
                visitor.visit(from, word + 1, batch.nodes(keys, parameters, count), count);
                from = word + 1;
                count = 0;
                if (cancelled.getAsBoolean()) {
                    return;
                }
            }
        }
        visitor.visit(from, alive.length, batch.nodes(keys, parameters, count), count);
    }

    /** The same for all edges, dead or alive, which is faster. */
    void forEachNodeOfAll(SipHash24 keys, int side, BooleanSupplier cancelled, Visitor visitor) {
        int wordsPerBatch = SipHashBatch.SIZE / Long.SIZE;
        for (int word = 0;
                word < alive.length && !cancelled.getAsBoolean();
                word += wordsPerBatch) {
            int to = Math.min(alive.length, word + wordsPerBatch);
            batch.fillEveryOther(2 * (firstEdge + ((long) word << 6)) + side);
            int count = (to - word) * Long.SIZE;
            visitor.visit(word, to, batch.nodes(keys, parameters, count), count);
        }
    }

    /** The number of living edges. */
    long count() {
        long count = 0;
        for (long word : alive) {
            count += Long.bitCount(word);
        }
        return count;
    }
}
