package io.wormhole.settlement.cuckoo;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * The part of a graph's edges that one thread trims: a range of the bitmap of edges that are still
 * alive, and once few are left a list of them with both endpoints.
 */
final class EdgeShare {
    private static final int LIST_STEP = 1 << 12;

    private final long mask;
    private final int rotation;
    private final long firstEdge;
    private final long[] alive;
    private final int[] listedEdges;
    private final int[][] listedNodes;
    private final SipHashBatch batch = new SipHashBatch();
    private final int[] nodes = new int[LIST_STEP];
    private final NodeMarks marks;
    private int listed;

    /**
     * Takes the memory for a range of edges, of which at most {@code listCapacity} are ever listed.
     */
    EdgeShare(CuckooParameters parameters, long firstEdge, long edges, int listCapacity) {
        this.firstEdge = firstEdge;
        mask = parameters.mask();
        rotation = parameters.variant().outputRotation();
        alive = new long[Math.toIntExact(edges / Long.SIZE)];
        listedEdges = new int[listCapacity];
        listedNodes = new int[2][listCapacity];
        marks = new NodeMarks(parameters);
    }

    static long memoryBytes(CuckooParameters parameters, long edges, int listCapacity) {
        return edges / Byte.SIZE
                + 3L * Integer.BYTES * listCapacity
                + NodeMarks.memoryBytes(parameters)
                + 6L * SipHashBatch.SIZE * Long.BYTES
                + (long) LIST_STEP * Integer.BYTES;
    }

    NodeMarks marks() {
        return marks;
    }

    int listCapacity() {
        return listedEdges.length;
    }

    void reset() {
        Arrays.fill(alive, -1L);
    }

    /** Marks the nodes in which the living edges end at one side; stops early when cancelled. */
    void mark(SipHash24 keys, int side, BooleanSupplier cancelled) {
        marks.clear();
        int word = 0;
        while (word < alive.length && !cancelled.getAsBoolean()) {
            int next = nextStep(word);
            int count = nodesOf(keys, side, word, next);
            marks.mark(nodes, count);
            word = next;
        }
    }

    /**
     * Takes away the living edges that are not continued at one side; stops early when cancelled.
     */
    void kill(SipHash24 keys, int side, NodeMarks merged, BooleanSupplier cancelled) {
        long[] continued = merged.continued();
        int partner = merged.partner();
        int word = 0;
        while (word < alive.length && !cancelled.getAsBoolean()) {
            int next = nextStep(word);
            nodesOf(keys, side, word, next);
            killWords(word, next, continued, partner);
            word = next;
        }
    }

    // The nodes come in the order of the living edges, so walking over the same bits again pairs
    // them up.
    private void killWords(int fromWord, int toWord, long[] continued, int partner) {
        int at = 0;
        for (int word = fromWord; word < toWord; word++) {
            long kept = 0;
            for (long bits = alive[word]; bits != 0; bits &= bits - 1) {
                int node = nodes[at++] ^ partner;
                long keep = (continued[node >>> 6] >>> node) & 1;
                kept |= (bits & -bits) * keep;
            }
            alive[word] = kept;
        }
    }

    private int nextStep(int word) {
        return Math.min(alive.length, word + LIST_STEP / Long.SIZE);
    }

    /** Hashes the living edges of some words to nodes; returns how many there are. */
    private int nodesOf(SipHash24 keys, int side, int fromWord, int toWord) {
        long[] words = batch.words();
        int done = 0;
        int count = 0;
        for (int word = fromWord; word < toWord; word++) {
            long base = 2 * (firstEdge + ((long) word << 6)) + side;
            if (alive[word] == -1L) {
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    words[count + bit] = base + 2L * bit;
                }
                count += Long.SIZE;
            } else {
                for (long bits = alive[word]; bits != 0; bits &= bits - 1) {
                    words[count++] = base + 2L * Long.numberOfTrailingZeros(bits);
                }
            }
            if (count > SipHashBatch.SIZE - Long.SIZE) {
                done = flush(keys, done, count);
                count = 0;
            }
        }
        return flush(keys, done, count);
    }

    private int flush(SipHash24 keys, int done, int count) {
        long[] hashes = batch.hash(keys, count);
        for (int i = 0; i < count; i++) {
            nodes[done + i] = (int) (Long.rotateLeft(hashes[i], rotation) & mask);
        }
        return done + count;
    }

    /** The number of living edges in the bitmap. */
    long countAlive() {
        long count = 0;
        for (long word : alive) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Writes the living edges of the bitmap into the list, with both endpoints. */
    void list(SipHash24 keys, BooleanSupplier cancelled) {
        listed = 0;
        int word = 0;
        while (word < alive.length && !cancelled.getAsBoolean()) {
            int next = nextStep(word);
            int count = 0;
            for (int side = 0; side < 2; side++) {
                count = nodesOf(keys, side, word, next);
                System.arraycopy(nodes, 0, listedNodes[side], listed, count);
            }
            int at = listed;
            for (int w = word; w < next; w++) {
                for (long bits = alive[w]; bits != 0; bits &= bits - 1) {
                    listedEdges[at++] =
                            (int) (firstEdge + ((long) w << 6) + Long.numberOfTrailingZeros(bits));
                }
            }
            listed += count;
            word = next;
        }
    }

    int countListed() {
        return listed;
    }

    /** Marks the nodes in which the listed edges end at one side. */
    void markListed(int side) {
        marks.clear();
        marks.mark(listedNodes[side], listed);
    }

    /** Takes away the listed edges that are not continued at one side. */
    void killListed(int side, NodeMarks merged) {
        long[] continued = merged.continued();
        int partner = merged.partner();
        int[] here = listedNodes[side];
        int[] there = listedNodes[1 - side];
        int kept = 0;
        for (int i = 0; i < listed; i++) {
            int node = here[i] ^ partner;
            int keep = (int) (continued[node >>> 6] >>> node) & 1;
            // Written in any case and kept by moving on: a branch here would be mispredicted half
            // of the time.
            listedEdges[kept] = listedEdges[i];
            there[kept] = there[i];
            here[kept] = here[i];
            kept += keep;
        }
        listed = kept;
    }

    /** Hands the listed edges over. */
    void handOverListed(Survivors survivors) {
        for (int i = 0; i < listed; i++) {
            survivors.add(Integer.toUnsignedLong(listedEdges[i]));
        }
    }

    /** Hands the living edges of the bitmap over. */
    void handOverAlive(Survivors survivors) {
        for (int word = 0; word < alive.length; word++) {
            for (long bits = alive[word]; bits != 0; bits &= bits - 1) {
                survivors.add(firstEdge + ((long) word << 6) + Long.numberOfTrailingZeros(bits));
            }
        }
    }
}
