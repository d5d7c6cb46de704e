package io.wormhole.isa.value;

import java.util.Arrays;

/**
 * A function of the running module, by its index, with the values it captured. It has no meaning
 * outside that module, so it cannot be encoded.
 */
public final class FunctionValue extends Value {
    private final int index;
    private final Value[] captured;

    private FunctionValue(int index, Value[] captured) {
        super(ValueType.FUNCTION, cellsOf(captured), depthOf(captured), false);
        this.index = index;
        this.captured = captured;
    }

    /** Function {@code index} whose first arguments are {@code captured}. */
    public static FunctionValue closure(int index, Value... captured) {
        return new FunctionValue(index, captured.clone());
    }

    /** Index in the module's function table. */
    public int index() {
        return index;
    }

    /** How many arguments are captured. */
    public int capturedCount() {
        return captured.length;
    }

    /** Captured argument {@code position}, from 0. */
    public Value captured(int position) {
        return captured[position];
    }

    @Override
    int compareSameType(Value other) {
        FunctionValue that = (FunctionValue) other;
        return index == that.index
                ? compareFields(captured, that.captured)
                : Integer.compare(index, that.index);
    }

    @Override
    public int hashCode() {
        return 31 * index + Arrays.hashCode(captured);
    }
}
