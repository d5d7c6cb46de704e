package io.wormhole.isa.language.erlang;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.MAP;
import static io.wormhole.isa.language.core.Kind.REAL;
import static io.wormhole.isa.language.core.Kind.TEXT;
import static io.wormhole.isa.language.core.Kind.TUPLE;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Comparisons;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.util.Map;
import java.util.Optional;

/** The operators of Erlang. */
final class ErlangOperators {
    private static final Map<String, Overload> BINARY =
            Map.ofEntries(
                    Map.entry("+", Overload.of("+", Operators.ADD_INTEGERS, Operators.ADD_REALS)),
                    Map.entry("-", Operators.SUBTRACT),
                    Map.entry("*", Operators.MULTIPLY),
                    Map.entry(
                            "/",
                            Overload.of("/", Operators.DIVIDE_REALS)
                                    .advising(
                                            "write A div B for integers, or reals such as 2.0, or"
                                                    + " float(A) / float(B)")),
                    Map.entry("div", Overload.of("div", Operators.QUOTIENT)),
                    Map.entry("rem", Overload.of("rem", Operators.REMAINDER)),
                    Map.entry("band", bits("band", Opcode.AND_BITS)),
                    Map.entry("bor", bits("bor", Opcode.OR_BITS)),
                    Map.entry("bxor", bits("bxor", Opcode.XOR_BITS)),
                    Map.entry("bsl", bits("bsl", Opcode.SHL)),
                    Map.entry("bsr", bits("bsr", Opcode.SHR)),
                    Map.entry("and", Overload.of("and", Operators.binary(BOOLEAN, Opcode.AND))),
                    Map.entry("or", Overload.of("or", Operators.binary(BOOLEAN, Opcode.OR))),
                    Map.entry("xor", Overload.of("xor", Operators.binary(BOOLEAN, Opcode.NE))),
                    Map.entry("++", Overload.of("++", CollectionOperators.JOIN_LISTS)),
                    Map.entry("<", order("<", Opcode.LT)),
                    Map.entry("=<", order("=<", Opcode.LE)),
                    Map.entry(">", order(">", Opcode.GT)),
                    Map.entry(">=", order(">=", Opcode.GE)),
                    Map.entry("=:=", equality("=:=", false)),
                    Map.entry("=/=", equality("=/=", true)),
                    Map.entry("==", loose("==", false)),
                    Map.entry("/=", loose("/=", true)));

    private ErlangOperators() {}

    private static Overload order(String symbol, Opcode integers) {
        return Comparisons.order(symbol, integers, BYTES)
                .advising("order numbers of one type, or binaries");
    }

    private static Overload bits(String symbol, Opcode opcode) {
        return Overload.of(symbol, Operators.binary(INTEGER, opcode));
    }

    private static Overload equality(String symbol, boolean negated) {
        return Comparisons.equality(
                symbol, negated, INTEGER, REAL, BOOLEAN, TEXT, BYTES, TUPLE, LIST, MAP);
    }

    /** Equality that takes 1 and 1.0 for the same: only where kinds say that they do not meet. */
    private static Overload loose(String symbol, boolean negated) {
        String strict = negated ? "=/=" : "=:=";
        Overload all = equality(symbol, negated);
        return new Overload(symbol, all.variants().subList(1, all.variants().size()), true, "")
                .advising("write " + strict + ", which does not take 1 for 1.0");
    }

    /** What {@code sign} means between two operands. */
    static Overload binary(String sign, Position at) {
        Overload known = BINARY.get(sign);
        if (known == null) {
            String instead = sign.equals("--") ? "write [X || X <- A, not lists:member(X, B)]" : "";
            throw new RefusedSource(at, "'" + sign + "' is outside of this subset", instead);
        }
        return known;
    }

    /** Whether a value is of a type. */
    static Overload is(String name, ValueType type) {
        Variant variant =
                Variant.any(1, Optional.of(BOOLEAN))
                        .emitting(
                                Emission.of(Opcode.TYPE),
                                Emission.push(Value.of(type.code())),
                                Emission.of(Opcode.EQ));
        return Overload.of(name, variant);
    }
}
