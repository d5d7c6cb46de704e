package io.wormhole.settlement.cuckoo;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Takes edges away that have no continuation at one side, sides in turn, until so few are left that
 * every cycle among them can be looked for.
 *
 * <p>The lean way keeps one bit per edge and hashes the living edges anew in each round. The mean
 * way writes down the edges with their endpoints as soon as these fit into its memory, and hashes
 * no more.
 */
final class TrimmingSolver implements CuckooSolver {
    /** Rounds on fewer edges than this are over before another thread has seen them. */
    private static final long EDGES_WORTH_A_THREAD = 1 << 13;

    private static final int SMALL_GRAPH_SURVIVORS = 256;
    private static final int MIN_CAPACITY = 1 << 12;
    private static final int SURVIVOR_FRACTION_BITS = 9;

    private final CuckooParameters parameters;
    private final Crew crew;
    private final TrimmingShare[] shares;
    private final CycleFinder finder;

    private TrimmingSolver(CuckooParameters parameters, TrimmingShare[] shares) {
        this.parameters = parameters;
        this.shares = shares;
        crew = new Crew(shares.length);
        finder = new CycleFinder(parameters, finderCapacity(parameters));
    }

    static TrimmingSolver lean(CuckooParameters parameters, int threads) {
        return new TrimmingSolver(parameters, shares(parameters, threads, LeanShare::new));
    }

    static TrimmingSolver mean(CuckooParameters parameters, int threads) {
        return new TrimmingSolver(parameters, shares(parameters, threads, MeanShare::new));
    }

    private interface ShareOf {
        TrimmingShare create(CuckooParameters parameters, long firstEdge, long edgeCount);
    }

    private static TrimmingShare[] shares(CuckooParameters parameters, int threads, ShareOf kind) {
        TrimmingShare[] shares = new TrimmingShare[checked(threads)];
        for (int member = 0; member < threads; member++) {
            shares[member] =
                    kind.create(
                            parameters,
                            firstEdge(parameters, member, threads),
                            edgeCount(parameters, member, threads));
        }
        return shares;
    }

    private static int checked(int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(
                    threads + " solver threads; allowed: 1 to " + MAX_THREADS);
        }
        return threads;
    }

    static long leanMemoryBytes(CuckooParameters parameters, int threads) {
        long bytes = CycleFinder.memoryBytes(finderCapacity(parameters));
        for (int member = 0; member < checked(threads); member++) {
            bytes += LeanShare.memoryBytes(parameters, edgeCount(parameters, member, threads));
        }
        return bytes;
    }

    static long meanMemoryBytes(CuckooParameters parameters, int threads) {
        long bytes = CycleFinder.memoryBytes(finderCapacity(parameters));
        for (int member = 0; member < checked(threads); member++) {
            bytes += MeanShare.memoryBytes(parameters, edgeCount(parameters, member, threads));
        }
        return bytes;
    }

    private static int finderCapacity(CuckooParameters parameters) {
        return (int) Math.max(MIN_CAPACITY, parameters.edges() >>> SURVIVOR_FRACTION_BITS);
    }

    private static long firstEdge(CuckooParameters parameters, int member, int threads) {
        long words = parameters.edges() / Long.SIZE;
        return words * member / threads * Long.SIZE;
    }

    private static long edgeCount(CuckooParameters parameters, int member, int threads) {
        return firstEdge(parameters, member + 1, threads) - firstEdge(parameters, member, threads);
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
        finder.edges().clear();
        for (TrimmingShare share : shares) {
            share.handOver(finder.edges());
        }
        CuckooVerifier verifier = new CuckooVerifier(parameters);
        return finder.find(new CuckooGraph(parameters, keys), cancelled).stream()
                .filter(proof -> verifier.verify(keys, proof).isOk())
                .toList();
    }

    @Override
    public void close() {
        crew.close();
    }

    /** Trims until few enough are left; false when cancelled or when it cannot be done. */
    private boolean trim(SipHash24 keys, BooleanSupplier cancelled) {
        long wanted =
                Math.max(
                        parameters.edges() >>> SURVIVOR_FRACTION_BITS,
                        Math.min(parameters.edges() / 16, SMALL_GRAPH_SURVIVORS));
        long[] counts = new long[shares.length];
        long beforeLast = Long.MAX_VALUE;
        long last = Long.MAX_VALUE;
        long left = parameters.edges();
        // The trimming also ends when neither side has found anything to take away.
        for (int round = 0; left > wanted && !(left == last && last == beforeLast); round++) {
            trimRound(round, left, keys, cancelled, counts);
            beforeLast = last;
            last = left;
            left = 0;
            for (long count : counts) {
                if (count == TrimmingShare.DOES_NOT_FIT || cancelled.getAsBoolean()) {
                    return false;
                }
                left += count;
            }
        }
        return left <= finder.edges().capacity();
    }

    private void trimRound(
            int round, long left, SipHash24 keys, BooleanSupplier cancelled, long[] counts) {
        run(left, member -> shares[member].mark(round, keys, cancelled));
        NodeMarks merged = shares[0].marks();
        for (int other = 1; other < shares.length; other++) {
            NodeMarks marks = shares[other].marks();
            run(left, part -> merged.merge(marks, part, shares.length));
        }
        run(left, member -> counts[member] = shares[member].kill(round, keys, merged, cancelled));
    }

    private void run(long edges, IntConsumer phase) {
        if (edges < EDGES_WORTH_A_THREAD) {
            crew.runAlone(phase);
        } else {
            crew.run(phase);
        }
    }
}
