package io.wormhole.isa.value;

import java.util.Arrays;
import java.util.List;

/** A fixed number of fields, at most 255. */
public final class TupleValue extends Value {
    /** The largest number of fields. */
    public static final int MAX_FIELDS = 255;

    private final Value[] fields;

    /** Takes {@code fields} over without a copy. */
    TupleValue(Value[] fields) {
        super(ValueType.TUPLE, cellsOf(fields), depthOf(fields), dataOf(fields));
        if (fields.length > MAX_FIELDS) {
            throw new IllegalArgumentException(
                    "a tuple has at most " + MAX_FIELDS + " fields, found " + fields.length);
        }
        this.fields = fields;
    }

    /** The number of fields. */
    public int size() {
        return fields.length;
    }

    /** Field {@code index}, from 0. */
    public Value get(int index) {
        return fields[index];
    }

    /** The fields in order. */
    public List<Value> fields() {
        return List.of(fields);
    }

    /** This tuple with field {@code index} replaced. */
    public TupleValue with(int index, Value field) {
        Value[] copy = fields.clone();
        copy[index] = field;
        return new TupleValue(copy);
    }

    @Override
    int compareSameType(Value other) {
        return compareFields(fields, ((TupleValue) other).fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }
}
