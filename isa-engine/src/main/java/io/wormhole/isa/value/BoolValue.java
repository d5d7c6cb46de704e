package io.wormhole.isa.value;

/** True or false. */
public final class BoolValue extends Value {
    /** True. */
    public static final BoolValue TRUE = new BoolValue(true);

    /** False. */
    public static final BoolValue FALSE = new BoolValue(false);

    private final boolean value;

    private BoolValue(boolean value) {
        super(ValueType.BOOLEAN, 1, 0, true);
        this.value = value;
    }

    /** One of the two. */
    public static BoolValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** The truth value. */
    public boolean value() {
        return value;
    }

    @Override
    int compareSameType(Value other) {
        return Boolean.compare(value, ((BoolValue) other).value);
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(value);
    }
}
