package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which entries one transaction read and wrote, in order. Where none of them was written by a
 * transaction before it, it would have done the same after those, and its writes can be repeated
 * there.
 */
public final class AccessLog {
    private final List<Step> steps = new ArrayList<>();
    private boolean hasUndone;

    /** An entry. */
    public record Entry(StateTree tree, Hash key) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTree = tree.compareTo(other.tree);
            return byTree != 0 ? byTree : key.compareTo(other.key);
        }
    }

    /** A read, or a write of a new value or of none. */
    record Step(Entry entry, boolean isWrite, Optional<Bytes> written) {}

    void read(StateTree tree, Hash key) {
        steps.add(new Step(new Entry(tree, key), false, Optional.empty()));
    }

    void write(StateTree tree, Hash key, Optional<Bytes> value) {
        steps.add(new Step(new Entry(tree, key), true, value));
    }

    /** Notes that writes were taken back, which cannot be repeated step by step. */
    void undone() {
        hasUndone = true;
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether all this can be repeated after transactions that wrote {@code before}. */
    public boolean isFreeOf(Set<Entry> before) {
        return !hasUndone && steps.stream().noneMatch(step -> before.contains(step.entry()));
    }

    /** The entries that were written. */
    public Set<Entry> writes() {
        Set<Entry> writes = new TreeSet<>();
        for (Step step : steps) {
            if (step.isWrite()) {
                writes.add(step.entry());
            }
        }
        return writes;
    }
}
