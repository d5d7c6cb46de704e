package io.wormhole.settlement.cuckoo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Finds every cycle of the required length in what trimming has left: first takes away all edges
 * that lie on no cycle, then walks from each remaining edge along edges of higher index only, so
 * that each cycle is found exactly once.
 */
final class CycleFinder {
    private static final int STEPS_BETWEEN_POLLS = 1 << 12;

    private final int proofSize;
    private final Survivors edges;
    private final SideIndex[] sides;
    private final boolean[] removed;
    private final int[] pending;
    private final int[] path;
    private final List<CuckooProof> found = new ArrayList<>();
    private BooleanSupplier cancelled = () -> false;
    private boolean[][] visited = new boolean[2][0];
    private long steps;

    CycleFinder(CuckooParameters parameters, int capacity) {
        boolean nodePairs = parameters.variant().nodePairs();
        proofSize = parameters.proofSize();
        edges = new Survivors(capacity);
        sides =
                new SideIndex[] {
                    new SideIndex(nodePairs, capacity), new SideIndex(nodePairs, capacity)
                };
        removed = new boolean[capacity];
        pending = new int[capacity];
        path = new int[proofSize];
        visited = new boolean[2][capacity + 1];
    }

    /** The memory that a finder of this capacity takes. */
    static long memoryBytes(int capacity) {
        long perEdge = Survivors.EDGE_BYTES + 2L * SideIndex.EDGE_BYTES + Integer.BYTES + 3;
        return perEdge * capacity;
    }

    /** Where the solver puts the edges that are left, in ascending order. */
    Survivors edges() {
        return edges;
    }

    /** Returns all cycles among the edges, each in ascending order; incomplete when cancelled. */
    List<CuckooProof> find(CuckooGraph graph, BooleanSupplier whenCancelled) {
        cancelled = whenCancelled;
        found.clear();
        steps = 0;
        edges.resolve(graph);
        Arrays.fill(removed, 0, edges.size(), false);
        for (int side = 0; side < 2; side++) {
            sides[side].build(edges, side);
            Arrays.fill(visited[side], false);
        }
        peel();
        for (int start = 0; start < edges.size() && !cancelled.getAsBoolean(); start++) {
            if (!removed[start]) {
                path[0] = start;
                visited[0][sides[0].groupOf(start)] = true;
                extend(1);
                visited[0][sides[0].groupOf(start)] = false;
            }
        }
        found.sort(Comparator.comparing(CuckooProof::edges, Arrays::compare));
        return List.copyOf(found);
    }

    private void peel() {
        for (int edge = 0; edge < edges.size(); edge++) {
            int waiting = 0;
            if (isLoose(edge)) {
                removed[edge] = true;
                pending[waiting++] = edge;
            }
            while (waiting > 0) {
                waiting = removeAndQueue(pending[--waiting], waiting);
            }
        }
    }

    private int removeAndQueue(int edge, int waiting) {
        int more = waiting;
        for (SideIndex side : sides) {
            int touched = side.remove(edge);
            for (int at = side.first(touched); at < side.end(touched); at++) {
                int neighbour = side.edgeAt(at);
                if (isLoose(neighbour)) {
                    removed[neighbour] = true;
                    pending[more++] = neighbour;
                }
            }
        }
        return more;
    }

    private boolean isLoose(int edge) {
        return !removed[edge] && !(sides[0].isContinued(edge) && sides[1].isContinued(edge));
    }

    /**
     * Looks for the edge at position {@code length} of the path; its predecessor is left at side v
     * when odd.
     */
    private void extend(int length) {
        int side = length % 2;
        SideIndex index = sides[side];
        int from = path[length - 1];
        int group = index.groupOf(from);
        if (length == proofSize) {
            if (isClosed(from)) {
                report();
            }
            return;
        }
        if (visited[side][group] || isTimeToStop()) {
            return;
        }
        visited[side][group] = true;
        int node = index.across(index.nodeOf(from));
        for (int at = index.first(node); at < index.end(node); at++) {
            int next = index.edgeAt(at);
            if (next > path[0] && next != from && !removed[next]) {
                path[length] = next;
                extend(length + 1);
            }
        }
        visited[side][group] = false;
    }

    private boolean isClosed(int last) {
        SideIndex u = sides[0];
        return u.nodeOf(last) == u.across(u.nodeOf(path[0]));
    }

    private boolean isTimeToStop() {
        return ++steps % STEPS_BETWEEN_POLLS == 0 && cancelled.getAsBoolean();
    }

    private void report() {
        long[] proof = Arrays.stream(path).mapToLong(edges::edge).toArray();
        Arrays.sort(proof);
        found.add(CuckooProof.of(proof));
    }
}
