package io.wormhole.settlement.cuckoo;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The solver for little memory: one bit per edge, and one or two bits per node of one side at a
 * time. Endpoints are hashed anew in every round of trimming.
 */
final class LeanSolver implements CuckooSolver {
    private static final int SMALL_GRAPH_SURVIVORS = 256;
    private static final int MIN_CAPACITY = 1 << 12;
    private static final int SURVIVOR_FRACTION_BITS = 9;

    private final CuckooParameters parameters;
    private final CycleFinder finder;
    private final SipHashBatch batch = new SipHashBatch();
    private final long[] alive;
    private final long[] once;
    private final long[] twice;

    LeanSolver(CuckooParameters parameters) {
        this.parameters = parameters;
        finder = new CycleFinder(parameters, capacity(parameters));
        int words = (int) (parameters.edges() / Long.SIZE);
        alive = new long[words];
        once = new long[words];
        twice = new long[parameters.variant().nodePairs() ? 0 : words];
    }

    private static int capacity(CuckooParameters parameters) {
        return (int) Math.max(MIN_CAPACITY, parameters.edges() >>> SURVIVOR_FRACTION_BITS);
    }

    static long memoryBytes(CuckooParameters parameters) {
        int bitmaps = parameters.variant().nodePairs() ? 2 : 3;
        return bitmaps * parameters.edges() / Byte.SIZE
                + CycleFinder.memoryBytes(capacity(parameters))
                + 6L * SipHashBatch.SIZE * Long.BYTES;
    }

    @Override
    public CuckooParameters parameters() {
        return parameters;
    }

    @Override
    public List<CuckooProof> solve(byte[] header, BooleanSupplier cancelled) {
        SipHash24 keys = SipHash24.ofHeader(header);
        if (!trim(keys, cancelled)) {
            return List.of();
        }
        collect();
        CuckooGraph graph = new CuckooGraph(parameters, keys);
        CuckooVerifier verifier = new CuckooVerifier(parameters);
        return finder.find(graph, cancelled).stream()
                .filter(proof -> verifier.verify(keys, proof).isOk())
                .toList();
    }

    /**
     * Takes edges away that have no continuation at one side, sides in turn; false when cancelled
     * or in vain.
     */
    private boolean trim(SipHash24 keys, BooleanSupplier cancelled) {
        Arrays.fill(alive, -1L);
        long wanted =
                Math.max(
                        parameters.edges() >>> SURVIVOR_FRACTION_BITS,
                        Math.min(parameters.edges() / 16, SMALL_GRAPH_SURVIVORS));
        long left = parameters.edges();
        long before = Long.MAX_VALUE;
        for (int round = 0; left > wanted; round++) {
            long now = trimSide(keys, round % 2, cancelled);
            if (now < 0) {
                return false;
            }
            // When neither side has anything to trim any more, this is what is left of the graph.
            if (now == left && left == before) {
                return left <= finder.edges().capacity();
            }
            before = left;
            left = now;
        }
        return true;
    }

    private long trimSide(SipHash24 keys, int side, BooleanSupplier cancelled) {
        Arrays.fill(once, 0);
        Arrays.fill(twice, 0);
        if (!forEachAlive(keys, side, Pass.MARK, cancelled)
                || !forEachAlive(keys, side, Pass.KILL, cancelled)) {
            return -1;
        }
        long left = 0;
        for (long word : alive) {
            left += Long.bitCount(word);
        }
        return left;
    }

    private enum Pass {
        MARK,
        KILL
    }

    private boolean forEachAlive(SipHash24 keys, int side, Pass pass, BooleanSupplier cancelled) {
        long[] words = batch.words();
        int count = 0;
        for (int w = 0; w < alive.length; w++) {
            for (long bits = alive[w]; bits != 0; bits &= bits - 1) {
                long edge = ((long) w << 6) + Long.numberOfTrailingZeros(bits);
                words[count++] = 2 * edge + side;
            }
            if (count > SipHashBatch.SIZE - Long.SIZE) {
                if (cancelled.getAsBoolean()) {
                    return false;
                }
                flush(keys, pass, count);
                count = 0;
            }
        }
        flush(keys, pass, count);
        return !cancelled.getAsBoolean();
    }

    private void flush(SipHash24 keys, Pass pass, int count) {
        long[] hashes = batch.hash(keys, count);
        int rotation = parameters.variant().outputRotation();
        long mask = parameters.mask();
        boolean nodePairs = parameters.variant().nodePairs();
        if (pass == Pass.MARK && nodePairs) {
            markPairs(hashes, count, mask);
        } else if (pass == Pass.MARK) {
            markTwice(hashes, count, rotation, mask);
        } else {
            long[] needed = nodePairs ? once : twice;
            kill(needed, count, rotation, nodePairs ? 1 : 0);
        }
    }

    private void markPairs(long[] hashes, int count, long mask) {
        for (int i = 0; i < count; i++) {
            long node = hashes[i] & mask;
            once[(int) (node >>> 6)] |= 1L << node;
        }
    }

    private void markTwice(long[] hashes, int count, int rotation, long mask) {
        for (int i = 0; i < count; i++) {
            long node = Long.rotateLeft(hashes[i], rotation) & mask;
            int word = (int) (node >>> 6);
            long bit = 1L << node;
            twice[word] |= once[word] & bit;
            once[word] |= bit;
        }
    }

    private void kill(long[] needed, int count, int rotation, int partner) {
        long mask = parameters.mask();
        long[] words = batch.words();
        long[] hashes = batch.hashes();
        for (int i = 0; i < count; i++) {
            long node = (Long.rotateLeft(hashes[i], rotation) & mask) ^ partner;
            long edge = words[i] >>> 1;
            long dead = (~needed[(int) (node >>> 6)] >>> node) & 1;
            alive[(int) (edge >>> 6)] &= ~(dead << edge);
        }
    }

    private void collect() {
        Survivors edges = finder.edges();
        edges.clear();
        for (int w = 0; w < alive.length; w++) {
            for (long bits = alive[w]; bits != 0; bits &= bits - 1) {
                edges.add(((long) w << 6) + Long.numberOfTrailingZeros(bits));
            }
        }
    }
}
