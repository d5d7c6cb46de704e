package io.wormhole.isa.vm;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one round of a loop, translated for what it tells, hands on to the next. */
final class NumericTrial {
    private final Set<Integer> changed = new TreeSet<>();
    private @Nullable List<Range> next;
    private boolean carriesSums;

    /** One way of the round ends with {@code count} arguments from slot {@code first} on. */
    void handOn(NumericFrame frame, int first, int count) {
        for (int k = 0; k < count; k++) {
            carriesSums |= frame.isDeferred(k);
            if (!frame.isCopyOf(first + k, k)) {
                changed.add(k);
            }
        }
        List<Range> ranges = frame.ranges(first, count);
        next = next == null ? List.copyOf(ranges) : Range.joined(next, ranges);
    }

    /** Whether an argument of the round is a sum that no code has computed. */
    boolean carriesSums() {
        return carriesSums;
    }

    /** What all ways of it hand on to a function of {@code arity} arguments. */
    NumericLoop.Round round(int arity, int effort) {
        List<Boolean> kept = IntStream.range(0, arity).mapToObj(k -> !changed.contains(k)).toList();
        return new NumericLoop.Round(next == null ? List.of() : next, kept, effort);
    }
}
