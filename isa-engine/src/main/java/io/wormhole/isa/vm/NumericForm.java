package io.wormhole.isa.vm;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A number as a sum of local variables that do not change, each some times, and a constant. All is
 * counted modulo 2⁶⁴: where the number itself fits in 64 bits, so computed it is what it is, in
 * whichever order, so that a sum of many rounds of a loop need not be added up round by round.
 *
 * @param terms how many times each variable, by its slot, is in the sum: never zero times
 */
record NumericForm(SortedMap<Integer, Long> terms, long constant) {
    private static final int MAX_TERMS = 4;

    /** What a multiplication costs, when an addition costs one. */
    private static final int TIMES = 3;

    static NumericForm of(long constant) {
        return new NumericForm(new TreeMap<>(), constant);
    }

    static NumericForm variable(int slot) {
        return new NumericForm(new TreeMap<>(Map.of(slot, 1L)), 0);
    }

    boolean isConstant() {
        return terms.isEmpty();
    }

    /** This one and {@code times} times {@code other}. */
    NumericForm plus(NumericForm other, long times) {
        SortedMap<Integer, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((slot, count) -> sum.merge(slot, count * times, Long::sum));
        sum.values().removeIf(count -> count == 0);
        return new NumericForm(sum, constant + other.constant * times);
    }

    Optional<NumericForm> times(NumericForm other) {
        if (other.isConstant()) {
            return Optional.of(of(0).plus(this, other.constant));
        }
        return isConstant() ? Optional.of(of(0).plus(other, constant)) : Optional.empty();
    }

    boolean isShort() {
        return terms.size() <= MAX_TERMS;
    }

    /** What it costs to add it to something. */
    int cost() {
        int cost = constant == 0 ? 0 : 1;
        for (long count : terms.values()) {
            cost += count == 1 || count == -1 ? 1 : TIMES;
        }
        return cost;
    }
}
