package io.wormhole.isa.language.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of the program and the ways between them, along which kinds become known. */
final class KindGraph {
    private static final int MOST_ROUNDS = 200;

    private final List<Edge> edges = new ArrayList<>();

    /** Values go from one node to the other; {@code shared} are the parts already connected. */
    private record Edge(KindNode from, KindNode to, Set<Integer> shared) {}

    void connect(@Nullable KindNode from, @Nullable KindNode to) {
        if (from != null && to != null && from != to) {
            edges.add(new Edge(from, to, new HashSet<>()));
        }
    }

    /** Lets kinds travel until nothing more becomes known. */
    void settle() {
        boolean changed = true;
        for (int round = 0; changed && round < MOST_ROUNDS; round++) {
            changed = false;
            for (int i = 0; i < edges.size(); i++) {
                changed |= travel(edges.get(i));
            }
            for (int i = edges.size() - 1; i >= 0; i--) {
                changed |= travel(edges.get(i));
            }
        }
    }

    private boolean travel(Edge edge) {
        KindNode from = edge.from();
        KindNode to = edge.to();
        boolean changed = to.hinted(from.known());
        changed |= to.confused(from.mixed && from.firm == null);
        changed |= from.hinted(to.firm);
        if (from.parts.size() + to.parts.size() > 2 * edge.shared().size()) {
            Set<Integer> keys = new HashSet<>(from.parts.keySet());
            keys.addAll(to.parts.keySet());
            for (int key : keys.stream().sorted().toList()) {
                changed |= edge.shared().add(key) && connectParts(edge, key);
            }
        }
        return changed;
    }

    /** What a function is given goes the other way than the function itself. */
    private boolean connectParts(Edge edge, int key) {
        KindNode from = edge.from().part(key);
        KindNode to = edge.to().part(key);
        boolean given = key >= KindCheck.PARAMETER;
        connect(given ? to : from, given ? from : to);
        return from != null && to != null;
    }
}
