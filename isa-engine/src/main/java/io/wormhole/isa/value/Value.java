package io.wormhole.isa.value;

import io.wormhole.protocol.bytes.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An immutable value of the contract machine. Equal means: same type and same content; values of
 * all types stand in one total order. A class and not an interface, because the interpreter reads
 * {@link #cells()} on every move of a value and a field costs less than a dispatch.
 */
public abstract sealed class Value implements Comparable<Value>
        permits IntValue,
                RealValue,
                BoolValue,
                BytesValue,
                TupleValue,
                ListValue,
                MapValue,
                FunctionValue {
    /** How deep tuples, lists, maps and captured values may nest; the tail of a list is not. */
    public static final int MAX_DEPTH = 128;

    /** Sizes stop counting here, far above every space limit. */
    static final long MAX_CELLS = 1L << 48;

    private final ValueType type;
    private final long cells;
    private final int depth;
    private final boolean data;

    Value(ValueType type, long cells, int depth, boolean data) {
        if (depth > MAX_DEPTH) {
            throw new TooDeepException();
        }
        this.type = type;
        this.cells = Math.min(cells, MAX_CELLS);
        this.depth = depth;
        this.data = data;
    }

    /** An integer. */
    public static IntValue of(long value) {
        return IntValue.of(value);
    }

    /** An integer of at most 256 bits with sign; refuses others. */
    public static IntValue of(BigInteger value) {
        return IntValue.of(value);
    }

    /** A boolean. */
    public static BoolValue of(boolean value) {
        return BoolValue.of(value);
    }

    /** A byte string. */
    public static BytesValue of(Bytes value) {
        return new BytesValue(value);
    }

    /** The UTF-8 bytes of {@code text}. */
    public static BytesValue text(String text) {
        return new BytesValue(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A binary64 number. */
    public static RealValue real(double value) {
        return new RealValue(value);
    }

    /** A tuple of at most 255 fields. */
    public static TupleValue tuple(Value... fields) {
        return new TupleValue(fields.clone());
    }

    /** A list in the order given. */
    public static ListValue list(Value... elements) {
        return ListValue.of(List.of(elements));
    }

    /** The type of this value. */
    public final ValueType type() {
        return type;
    }

    /** Size in cells of eight bytes, counting everything inside as often as it occurs. */
    public final long cells() {
        return cells;
    }

    /** Nesting depth: zero for values without parts. */
    public final int depth() {
        return depth;
    }

    /** Whether no function value is inside, so that the value can be encoded and leave the VM. */
    public final boolean isData() {
        return data;
    }

    /** Order among values of the same type. */
    abstract int compareSameType(Value other);

    /** Orders by type, then by content: numbers by size, byte strings and lists by elements. */
    @Override
    public final int compareTo(Value other) {
        if (this == other) {
            return 0;
        }
        if (type != other.type) {
            return type.compareTo(other.type);
        }
        // What values mostly consist of is spared the dispatch.
        if (this instanceof IntValue integer) {
            return integer.compareSameType(other);
        }
        return this instanceof TupleValue tuple
                ? tuple.compareSameType(other)
                : compareSameType(other);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Value value && compareTo(value) == 0;
    }

    @Override
    public abstract int hashCode();

    /** The literal form that {@link ValueText#parse} reads back. */
    @Override
    public final String toString() {
        return ValueText.print(this);
    }

    static int compareFields(Value[] left, Value[] right) {
        int common = Math.min(left.length, right.length);
        for (int i = 0; i < common; i++) {
            int order = left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    static long cellsOf(Value[] parts) {
        long sum = 1;
        for (Value part : parts) {
            sum += part.cells;
        }
        return sum;
    }

    static int depthOf(Value[] parts) {
        int deepest = 0;
        for (Value part : parts) {
            deepest = Math.max(deepest, part.depth + 1);
        }
        return deepest;
    }

    static boolean dataOf(Value[] parts) {
        for (Value part : parts) {
            if (!part.data) {
                return false;
            }
        }
        return true;
    }
}
