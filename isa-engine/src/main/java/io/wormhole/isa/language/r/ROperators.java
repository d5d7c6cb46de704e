package io.wormhole.isa.language.r;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.MAP;
import static io.wormhole.isa.language.core.Kind.REAL;
import static io.wormhole.isa.language.core.Kind.TEXT;

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
import java.util.List;
import java.util.Map;

/** The operators of R, for single values. */
final class ROperators {
    private static final String LITERALS = "in R 2 is a real and 2L an integer: write both alike";

    private static final Map<String, Overload> BINARY =
            Map.ofEntries(
                    Map.entry(
                            "+",
                            Overload.of("+", Operators.ADD_INTEGERS, Operators.ADD_REALS)
                                    .advising(
                                            LITERALS
                                                    + "; texts are joined by paste0(a, b), lists by"
                                                    + " append(a, b)")),
                    Map.entry("-", Operators.SUBTRACT.advising(LITERALS)),
                    Map.entry("*", Operators.MULTIPLY.advising(LITERALS)),
                    Map.entry(
                            "/",
                            Overload.of("/", Operators.DIVIDE_REALS)
                                    .advising(
                                            "write a %/% b for integers, or as.numeric(a) for a"
                                                    + " real")),
                    Map.entry(
                            "^",
                            Overload.of("^", Operators.POWER_REALS)
                                    .advising("a power is a real in R: write as.numeric(a)")),
                    Map.entry(
                            "%/%",
                            Overload.of("%/%", Operators.FLOOR_QUOTIENT)
                                    .advising("for reals write floor(a / b)")),
                    Map.entry(
                            "%%",
                            Overload.of("%%", Operators.FLOOR_REMAINDER)
                                    .advising("for reals write a - b * floor(a / b)")),
                    Map.entry("<", Comparisons.order("<", Opcode.LT).advising(LITERALS)),
                    Map.entry("<=", Comparisons.order("<=", Opcode.LE).advising(LITERALS)),
                    Map.entry(">", Comparisons.order(">", Opcode.GT).advising(LITERALS)),
                    Map.entry(">=", Comparisons.order(">=", Opcode.GE).advising(LITERALS)),
                    Map.entry("==", equality("==", false)),
                    Map.entry("!=", equality("!=", true)));

    private ROperators() {}

    private static Overload equality(String symbol, boolean negated) {
        return Comparisons.equality(symbol, negated, INTEGER, REAL, BOOLEAN, TEXT)
                .advising(
                        "compare single values of one type (2L is an integer, 2 a real); for lists"
                                + " and bytes write identical(a, b)");
    }

    /** What {@code sign} means between two operands. */
    static Overload binary(String sign, Position at) {
        Overload known = BINARY.get(sign);
        if (known == null) {
            throw new RefusedSource(at, "'" + sign + "' is outside of this subset", "");
        }
        return known;
    }

    /** Part {@code position} (from 1) of a tuple or list. */
    static Overload at(int position) {
        return Overload.of(
                "[[" + position + "]]",
                CollectionOperators.elementOrField(position - 1),
                CollectionOperators.field(position - 1),
                CollectionOperators.element(position - 1));
    }

    /** A part at a computed position (from 1) or name. */
    static Overload at() {
        Variant element =
                Variant.of(List.of(LIST, INTEGER), LIST)
                        .givingAny()
                        .emitting(
                                Emission.push(Value.of(1)),
                                Emission.of(Opcode.SUB),
                                Emission.of(Opcode.LNTH))
                        .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.WHOLE);
        Variant value =
                Variant.of(List.of(MAP, TEXT), LIST, Opcode.MGET)
                        .givingAny()
                        .flowing(0, Variant.AT_KEY, Variant.RESULT, Variant.WHOLE);
        Variant unknown =
                CollectionOperators.elementOrValue(
                        false, Emission.push(Value.of(1)), Emission.of(Opcode.SUB));
        return Overload.of("[[…]]", unknown, element, value)
                .advising("a list has integer positions, such as 1L, a named list has names");
    }
}
