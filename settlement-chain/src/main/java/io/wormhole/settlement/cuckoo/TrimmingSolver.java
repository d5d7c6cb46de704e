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
    /** Rounds on fewer edges than this are over before another thread has woken up. */
    private static final long EDGES_WORTH_A_THREAD = 1 << 15;

    private static final int SMALL_GRAPH_SURVIVORS = 256;
    private static final int MIN_CAPACITY = 1 << 12;
    private static final int SURVIVOR_FRACTION_BITS = 9;

    private final CuckooParameters parameters;
    private final boolean mean;
    private final Crew crew;
    private final EdgeShare[] shares;
    private final CycleFinder finder;

    private TrimmingSolver(CuckooParameters parameters, int threads, boolean mean) {
        this.parameters = parameters;
        this.mean = mean;
        crew = new Crew(threads);
        shares = new EdgeShare[threads];
        for (int member = 0; member < threads; member++) {
            shares[member] =
                    new EdgeShare(
                            parameters,
                            firstEdge(parameters, member, threads),
                            edges(parameters, member, threads),
                            mean ? listCapacity(edges(parameters, member, threads)) : 0);
        }
        finder = new CycleFinder(parameters, finderCapacity(parameters));
    }

    static TrimmingSolver lean(CuckooParameters parameters, int threads) {
        return new TrimmingSolver(checked(parameters, threads), threads, false);
    }

    static TrimmingSolver mean(CuckooParameters parameters, int threads) {
        return new TrimmingSolver(checked(parameters, threads), threads, true);
    }

    private static CuckooParameters checked(CuckooParameters parameters, int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(
                    threads + " solver threads; allowed: 1 to " + MAX_THREADS);
        }
        return parameters;
    }

    static long memoryBytes(CuckooParameters parameters, int threads, boolean mean) {
        long bytes = CycleFinder.memoryBytes(finderCapacity(checked(parameters, threads)));
        for (int member = 0; member < threads; member++) {
            long edges = edges(parameters, member, threads);
            bytes += EdgeShare.memoryBytes(parameters, edges, mean ? listCapacity(edges) : 0);
        }
        return bytes;
    }

    private static int finderCapacity(CuckooParameters parameters) {
        return (int) Math.max(MIN_CAPACITY, parameters.edges() >>> SURVIVOR_FRACTION_BITS);
    }

    // After one round on each side about 0.296 of the edges live; one part in 64 more than that is
    // never exceeded by
    // chance on large graphs, and on small ones another round is done.
    private static int listCapacity(long edges) {
        return Math.toIntExact(edges * 20 / 64);
    }

    private static long firstEdge(CuckooParameters parameters, int member, int threads) {
        long words = parameters.edges() / Long.SIZE;
        return words * member / threads * Long.SIZE;
    }

    private static long edges(CuckooParameters parameters, int member, int threads) {
        return firstEdge(parameters, member + 1, threads) - firstEdge(parameters, member, threads);
    }

    @Override
    public CuckooParameters parameters() {
        return parameters;
    }

    @Override
    public List<CuckooProof> solve(byte[] header, BooleanSupplier cancelled) {
        SipHash24 keys = SipHash24.ofHeader(header);
        boolean trimmed = mean ? trimMean(keys, cancelled) : trimLean(keys, cancelled);
        if (!trimmed) {
            return List.of();
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

    private boolean trimLean(SipHash24 keys, BooleanSupplier cancelled) {
        boolean trimmed = trimBitmap(keys, cancelled, wanted(), Integer.MAX_VALUE);
        if (trimmed) {
            finder.edges().clear();
            crew.runAlone(member -> shares[member].handOverAlive(finder.edges()));
        }
        return trimmed;
    }

    private boolean trimMean(SipHash24 keys, BooleanSupplier cancelled) {
        int capacity = shares[0].listCapacity();
        if (!trimBitmap(keys, cancelled, Long.MAX_VALUE, capacity)) {
            return false;
        }
        crew.run(member -> shares[member].list(keys, cancelled));
        if (!trimLists(cancelled)) {
            return false;
        }
        finder.edges().clear();
        crew.runAlone(member -> shares[member].handOverListed(finder.edges()));
        return true;
    }

    private long wanted() {
        return Math.max(
                parameters.edges() >>> SURVIVOR_FRACTION_BITS,
                Math.min(parameters.edges() / 16, SMALL_GRAPH_SURVIVORS));
    }

    /**
     * Trims until few enough are left in all and in each share; false when cancelled or when it
     * cannot be done.
     */
    private boolean trimBitmap(
            SipHash24 keys, BooleanSupplier cancelled, long wantedInAll, long wantedInShare) {
        crew.run(member -> shares[member].reset());
        Trend trend = new Trend(parameters.edges());
        for (int round = 0; ; round++) {
            int side = round % 2;
            run(trend.left(), member -> shares[member].mark(keys, side, cancelled));
            NodeMarks merged = merge(trend.left());
            run(trend.left(), member -> shares[member].kill(keys, side, merged, cancelled));
            if (cancelled.getAsBoolean()) {
                return false;
            }
            long[] alive = new long[shares.length];
            run(trend.left(), member -> alive[member] = shares[member].countAlive());
            trend.note(alive);
            if (trend.isWithin(wantedInAll, wantedInShare)) {
                return true;
            }
            if (trend.hasEnded()) {
                return trend.isWithin(finder.edges().capacity(), wantedInShare);
            }
        }
    }

    private boolean trimLists(BooleanSupplier cancelled) {
        Trend trend = new Trend(parameters.edges());
        for (int round = 0; ; round++) {
            int side = round % 2;
            long[] listed = new long[shares.length];
            run(trend.left(), member -> shares[member].markListed(side));
            NodeMarks merged = merge(trend.left());
            run(
                    trend.left(),
                    member -> {
                        shares[member].killListed(side, merged);
                        listed[member] = shares[member].countListed();
                    });
            if (cancelled.getAsBoolean()) {
                return false;
            }
            trend.note(listed);
            if (trend.isWithin(wanted(), Long.MAX_VALUE)) {
                return true;
            }
            if (trend.hasEnded()) {
                return trend.isWithin(finder.edges().capacity(), Long.MAX_VALUE);
            }
        }
    }

    private NodeMarks merge(long left) {
        NodeMarks merged = shares[0].marks();
        for (int other = 1; other < shares.length; other++) {
            NodeMarks marks = shares[other].marks();
            run(left, part -> merged.merge(marks, part, shares.length));
        }
        return merged;
    }

    private void run(long edges, IntConsumer phase) {
        if (edges < EDGES_WORTH_A_THREAD) {
            crew.runAlone(phase);
        } else {
            crew.run(phase);
        }
    }

    /**
     * How the number of edges goes down; the trimming has ended when neither side finds anything to
     * take away.
     */
    private static final class Trend {
        private long beforeLast = Long.MAX_VALUE;
        private long last;
        private long now;
        private long largestShare = Long.MAX_VALUE;

        Trend(long edges) {
            now = edges;
            last = Long.MAX_VALUE;
        }

        long left() {
            return now;
        }

        void note(long[] counts) {
            beforeLast = last;
            last = now;
            now = 0;
            largestShare = 0;
            for (long count : counts) {
                now += count;
                largestShare = Math.max(largestShare, count);
            }
        }

        boolean isWithin(long inAll, long inShare) {
            return now <= inAll && largestShare <= inShare;
        }

        boolean hasEnded() {
            return now == last && last == beforeLast;
        }
    }
}
