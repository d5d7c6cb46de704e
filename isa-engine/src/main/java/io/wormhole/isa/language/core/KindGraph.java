package io.wormhole.isa.language.core;

import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of the program and the ways between them, along which kinds become known. */
final class KindGraph {
    private static final int MOST_ROUNDS = 200;

    /** Most parts at positions and keys that the source says: what is beyond stays unknown. */
    private static final int MOST_KEYED = 20_000;

    private final List<Edge> edges = new ArrayList<>();
    private final List<KindNode> keyed = new ArrayList<>();
    private final Map<Value, Integer> keys = new HashMap<>();

    /** Values go from one node to the other; {@code shared} are the parts already connected. */
    private static final class Edge {
        private final KindNode from;
        private final KindNode to;
        private final Set<Integer> shared = new HashSet<>();

        /** What both were when nothing changed last: as long as they are, nothing will. */
        private int quietFrom = -1;

        private int quietTo = -1;

        Edge(KindNode from, KindNode to) {
            this.from = from;
            this.to = to;
        }

        boolean isQuiet() {
            return quietFrom == from.state() && quietTo == to.state();
        }

        void becomesQuiet() {
            quietFrom = from.state();
            quietTo = to.state();
        }
    }

    void connect(@Nullable KindNode from, @Nullable KindNode to) {
        if (from != null && to != null && from != to) {
            edges.add(new Edge(from, to));
        }
    }

    /** The number of the part at {@code key}. */
    int keyPart(Value key) {
        boolean position =
                key instanceof IntValue integer
                        && integer.isSmall()
                        && integer.longValue() >= 0
                        && integer.longValue() <= Integer.MAX_VALUE;
        return position
                ? Variant.position((int) ((IntValue) key).longValue())
                : keys.computeIfAbsent(key, next -> Variant.FIRST_KEY - keys.size());
    }

    /** A part of {@code node}; null where there are too many, or they nest too deep. */
    @Nullable KindNode part(KindNode node, int key) {
        boolean isKey = key < Variant.WHOLE;
        if (!isKey || node.parts.containsKey(key)) {
            return node.part(key);
        }
        if (keyed.size() >= MOST_KEYED) {
            return null;
        }
        KindNode made = node.part(key);
        if (made != null) {
            made.whateverPart = node.part(Variant.ELEMENT);
            keyed.add(made);
        }
        return made;
    }

    /** Where nothing says what a part is, it is what any part may be; whether that says more. */
    boolean takesAny() {
        boolean changed = false;
        for (KindNode part : keyed) {
            changed |= part.takesAny();
        }
        return changed;
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
        if (edge.isQuiet()) {
            return false;
        }
        boolean changed = travelled(edge);
        if (!changed) {
            edge.becomesQuiet();
        }
        return changed;
    }

    private boolean travelled(Edge edge) {
        KindNode from = edge.from;
        KindNode to = edge.to;
        boolean changed = to.comesFrom(from);
        changed |= from.isOfFields() && to.takeForFields();
        changed |= to.confused(from.mixed && from.firm == null);
        changed |= from.goesTo(to);
        if (from.parts.size() + to.parts.size() > 2 * edge.shared.size()) {
            Set<Integer> keys = new HashSet<>(from.parts.keySet());
            keys.addAll(to.parts.keySet());
            for (int key : keys.stream().sorted().toList()) {
                changed |= edge.shared.add(key) && connectParts(edge, key);
            }
        }
        return changed;
    }

    /** What a function is given goes the other way than the function itself. */
    private boolean connectParts(Edge edge, int key) {
        KindNode from = part(edge.from, key);
        KindNode to = part(edge.to, key);
        boolean given = key >= KindCheck.PARAMETER;
        connect(given ? to : from, given ? from : to);
        return from != null && to != null;
    }
}
