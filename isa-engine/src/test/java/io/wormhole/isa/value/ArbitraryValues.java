package io.wormhole.isa.value;

import io.wormhole.protocol.fixtures.Arbitrary;
import java.math.BigInteger;
import java.util.List;

/** Random data values, with the awkward ones more often than chance would have it. */
public final class ArbitraryValues {
    private static final List<Long> EDGES =
            List.of(
                    0L,
                    1L,
                    -1L,
                    2L,
                    127L,
                    128L,
                    255L,
                    256L,
                    -128L,
                    -129L,
                    1L << 31,
                    1L << 32,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE - 1,
                    Long.MIN_VALUE + 1);
    private static final List<Double> REALS =
            List.of(
                    0.0,
                    -0.0,
                    1.0,
                    -1.5,
                    0.1,
                    1e300,
                    -1e-300,
                    123456.75,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE);

    private ArbitraryValues() {}

    /** A value that nests at most {@code depth} deep. */
    public static Value value(Arbitrary any, int depth) {
        return switch (any.below(depth == 0 ? 6 : 10)) {
            case 0, 1 -> integer(any);
            case 2 -> Value.of(any.oneIn(2));
            case 3 -> Value.real(any.oneOf(REALS));
            case 4 -> Value.of(any.bytesUpTo(40));
            case 5 -> Value.text("text " + any.below(100));
            case 6, 7 ->
                    Value.tuple(any.listUpTo(4, () -> value(any, depth - 1)).toArray(Value[]::new));
            case 8 -> ListValue.of(any.listUpTo(5, () -> value(any, depth - 1)));
            default -> {
                MapValue map = MapValue.EMPTY;
                for (int i = any.below(5); i > 0; i--) {
                    map = map.put(value(any, depth - 1), value(any, depth - 1));
                }
                yield map;
            }
        };
    }

    /** An integer of any size. */
    public static IntValue integer(Arbitrary any) {
        return switch (any.below(4)) {
            case 0 -> Value.of(any.oneOf(EDGES));
            case 1 -> Value.of(new BigInteger(any.bytes(1 + any.below(32)).toArray()));
            default -> Value.of(any.below(200) - 100);
        };
    }
}
