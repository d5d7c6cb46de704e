package io.wormhole.isa.language.javascript;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.REAL;
import static io.wormhole.isa.language.core.Kind.TEXT;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Comparisons;
import io.wormhole.isa.language.surface.Operators;
import java.util.List;
import java.util.Map;

/** The operators of JavaScript, for files of numbers and for files of BigInts. */
final class JavaScriptOperators {
    private static final String DIVISION =
            "write idiv(a, b) or Math.floor(a / b) for integers, or reals such as 2.0";
    private static final Overload DIVIDE_NUMBERS =
            Overload.of("/", Operators.DIVIDE_REALS).advising(DIVISION);
    private static final Overload DIVIDE_BIG_INTEGERS =
            Overload.of("/", Operators.QUOTIENT, Operators.DIVIDE_REALS);
    private static final String COMPARED =
            "compare values of one type; for lists, tuples and objects write equal(a, b)";

    private static final Map<String, Overload> BOTH =
            Map.ofEntries(
                    Map.entry(
                            "+",
                            Overload.of(
                                            "+",
                                            Operators.ADD_INTEGERS,
                                            Operators.ADD_REALS,
                                            Operators.JOIN_TEXTS)
                                    .advising(
                                            "join byte strings with concat(a, b), lists with"
                                                    + " [...a, ...b]; String(n) makes a text")),
                    Map.entry("-", Operators.SUBTRACT),
                    Map.entry("*", Operators.MULTIPLY),
                    Map.entry(
                            "%",
                            Overload.of("%", Operators.REMAINDER)
                                    .advising("for reals write a - b * Math.trunc(a / b)")),
                    Map.entry(
                            "**",
                            Overload.of("**", Operators.POWER_INTEGERS, Operators.POWER_REALS)),
                    Map.entry("<", order("<", Opcode.LT)),
                    Map.entry("<=", order("<=", Opcode.LE)),
                    Map.entry(">", order(">", Opcode.GT)),
                    Map.entry(">=", order(">=", Opcode.GE)),
                    Map.entry("===", equality("===", false)),
                    Map.entry("!==", equality("!==", true)),
                    Map.entry("in", CollectionOperators.MAP_HAS.called("in")));

    private static final Map<String, Overload> OF_BITS =
            Map.of(
                    "&", Overload.of("&", Operators.binary(INTEGER, Opcode.AND_BITS)),
                    "|", Overload.of("|", Operators.binary(INTEGER, Opcode.OR_BITS)),
                    "^", Overload.of("^", Operators.binary(INTEGER, Opcode.XOR_BITS)),
                    "<<", Overload.of("<<", Operators.binary(INTEGER, Opcode.SHL)),
                    ">>", Overload.of(">>", Operators.binary(INTEGER, Opcode.SHR)));

    private JavaScriptOperators() {}

    private static Overload order(String symbol, Opcode opcode) {
        return Comparisons.order(symbol, opcode)
                .advising("compare numbers of one type; texts are not ordered here");
    }

    private static Overload equality(String symbol, boolean negated) {
        return Comparisons.equality(symbol, negated, INTEGER, REAL, BOOLEAN, TEXT, BYTES)
                .advising(COMPARED);
    }

    /** What {@code sign} means between two operands. */
    static Overload binary(String sign, boolean bigIntegers, Position at) {
        if (sign.equals("/")) {
            return bigIntegers ? DIVIDE_BIG_INTEGERS : DIVIDE_NUMBERS;
        }
        if (sign.equals("==") || sign.equals("!=")) {
            throw new RefusedSource(
                    at, "'" + sign + "' converts what it compares", "write " + sign + "=");
        }
        Overload known = BOTH.get(sign);
        if (known != null) {
            return known;
        }
        Overload bits = OF_BITS.get(sign);
        if (bits == null) {
            throw new RefusedSource(at, "'" + sign + "' is outside of this subset", "");
        }
        if (!bigIntegers) {
            throw new RefusedSource(
                    at,
                    "'" + sign + "' cuts numbers to 32 bits in JavaScript",
                    "write BigInts, such as 1n");
        }
        return bits;
    }

    /** A quotient rounded at once, as in Math.floor(a / b). */
    static Overload rounded(String function) {
        boolean floor = function.equals("floor");
        return Overload.of(
                "/",
                floor ? Operators.FLOOR_QUOTIENT : Operators.QUOTIENT,
                floor
                        ? Variant.of(
                                List.of(REAL, REAL),
                                INTEGER,
                                Opcode.RDIV,
                                Opcode.RFLOOR,
                                Opcode.RTRUNC)
                        : Variant.of(List.of(REAL, REAL), INTEGER, Opcode.RDIV, Opcode.RTRUNC));
    }
}
