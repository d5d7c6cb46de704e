package io.wormhole.isa.vm;

import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.RealValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stack and the two meters. A slot is a {@code long} in {@code numbers} where {@code values}
 * has null, or the value in {@code values}. Space in use = cells of all frames + cells of values on
 * the stack beyond one each; a value counts in full in every slot that holds it, so the meter needs
 * no knowledge of sharing or of the garbage collector.
 */
final class Machine {
    private static final int FIRST_SLOTS = 256;
    private static final int MAX_SLOTS = 1 << 27;

    long[] numbers = new long[FIRST_SLOTS];
    @Nullable Value[] values = new Value[FIRST_SLOTS];

    /** The slot above the top. */
    int top;

    /** Time gas left; below zero when it ran out. */
    long timeLeft;

    /** Cells beyond one of each value on the stack. */
    long extraCells;

    /** Cells of frames. */
    long frameCells;

    /** The highest space in use so far. */
    long peak;

    /** The most cells in use; that of the innermost call with limits of its own. */
    long spaceLimit;

    /** The highest space that numeric code took beyond what was in use when it began. */
    int numericPeak;

    /** How far {@link #numericPeak} may go. */
    int numericLimit;

    Machine(GasLimit limit) {
        this.timeLeft = limit.time();
        this.spaceLimit = limit.space();
    }

    void charge(long time) {
        timeLeft -= time;
        if (timeLeft < 0) {
            throw Stop.outOf(Resource.TIME);
        }
    }

    /** Makes the peak follow what is in use. */
    void meterSpace() {
        long used = frameCells + extraCells;
        if (used > peak) {
            if (used > spaceLimit) {
                throw Stop.outOf(Resource.SPACE);
            }
            peak = used;
        }
    }

    void ensureSlots(int slots) {
        if (slots > numbers.length) {
            int size = (int) Math.min(MAX_SLOTS, Math.max(slots, 2L * numbers.length));
            numbers = Arrays.copyOf(numbers, size);
            values = Arrays.copyOf(values, size);
        }
    }

    /** Another slot holds {@code value}; {@code timeLeft} is what is left after the copy. */
    void copied(Value value, long timeLeft) {
        if (timeLeft < 0) {
            throw Stop.outOf(Resource.TIME);
        }
        this.timeLeft = timeLeft;
        extraCells += value.cells() - 1;
        meterSpace();
    }

    /** One slot less holds {@code value}. */
    void dropped(Value value) {
        extraCells -= value.cells() - 1;
    }

    void push(Value value) {
        if (value instanceof IntValue integer && integer.isSmall()) {
            numbers[top] = integer.longValue();
            values[top++] = null;
            return;
        }
        values[top++] = value;
        extraCells += value.cells() - 1;
        meterSpace();
    }

    void push(long value) {
        numbers[top] = value;
        values[top++] = null;
    }

    void push(boolean value) {
        values[top++] = BoolValue.of(value);
    }

    Value pop() {
        Value value = values[--top];
        if (value == null) {
            return IntValue.of(numbers[top]);
        }
        values[top] = null;
        extraCells -= value.cells() - 1;
        return value;
    }

    /** The value in {@code slot} without taking it. */
    Value peek(int slot) {
        Value value = values[slot];
        return value == null ? IntValue.of(numbers[slot]) : value;
    }

    /** Forgets the slots from {@code from} to {@code to}, exclusive. */
    void release(int from, int to) {
        for (int slot = from; slot < to; slot++) {
            Value value = values[slot];
            if (value != null) {
                extraCells -= value.cells() - 1;
                values[slot] = null;
            }
        }
    }

    /** Cells beyond one of each value in the slots from {@code from} to {@code to}, exclusive. */
    long extraCells(int from, int to) {
        long cells = 0;
        for (int slot = from; slot < to; slot++) {
            Value value = values[slot];
            cells += value == null ? 0 : value.cells() - 1;
        }
        return cells;
    }

    /** Moves {@code count} slots down from {@code from} to {@code to}. */
    void move(int from, int to, int count) {
        System.arraycopy(numbers, from, numbers, to, count);
        System.arraycopy(values, from, values, to, count);
    }

    IntValue popInteger() {
        if (pop() instanceof IntValue integer) {
            return integer;
        }
        throw wrongType("integer");
    }

    int popIndex() {
        IntValue index = popInteger();
        boolean fits = index.isSmall() && index.longValue() >= 0;
        // No value has as many parts: whatever is larger is out of bounds as well.
        return fits && index.longValue() < Integer.MAX_VALUE
                ? (int) index.longValue()
                : Integer.MAX_VALUE;
    }

    boolean popBoolean() {
        if (pop() instanceof BoolValue bool) {
            return bool.value();
        }
        throw wrongType("boolean");
    }

    double popReal() {
        if (pop() instanceof RealValue real) {
            return real.value();
        }
        throw wrongType("real");
    }

    Bytes popBytes() {
        if (pop() instanceof BytesValue bytes) {
            return bytes.bytes();
        }
        throw wrongType("bytes");
    }

    TupleValue popTuple() {
        if (pop() instanceof TupleValue tuple) {
            return tuple;
        }
        throw wrongType("tuple");
    }

    ListValue popList() {
        if (pop() instanceof ListValue list) {
            return list;
        }
        throw wrongType("list");
    }

    MapValue popMap() {
        if (pop() instanceof MapValue map) {
            return map;
        }
        throw wrongType("map");
    }

    static Stop wrongType(String expected) {
        return Stop.trap(TrapReason.WRONG_TYPE, expected + " expected");
    }

    static Stop outOfBounds(String what) {
        return Stop.trap(TrapReason.OUT_OF_BOUNDS, what);
    }
}
