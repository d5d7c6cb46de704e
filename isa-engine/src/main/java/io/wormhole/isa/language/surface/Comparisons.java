package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.REAL;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.RealValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What compares two values, as languages choose it. */
public final class Comparisons {
    /** Whether two values are the same, whatever they are. */
    public static final Overload SAME =
            Overload.of("equal", Variant.any(2, Optional.of(BOOLEAN), Opcode.EQ));

    private Comparisons() {}

    /** Whether a value is the number {@code number}, be it an integer or a real. */
    static Optional<Overload> toNumber(Value number) {
        Optional<Value> real = Optional.of(number);
        Value other = number;
        if (number instanceof IntValue integer) {
            double value = integer.bigValue().doubleValue();
            boolean exact =
                    new BigDecimal(value).compareTo(new BigDecimal(integer.bigValue())) == 0;
            real = exact ? Optional.of(Value.real(value)) : Optional.empty();
        } else if (number instanceof RealValue given) {
            double value = given.value();
            boolean whole = value == Math.rint(value) && !Double.isInfinite(value);
            other = whole ? Value.of(new BigDecimal(value).toBigInteger()) : number;
        } else {
            return Optional.empty();
        }
        Emission[] ofOthers = {Emission.push(other), Emission.of(Opcode.EQ)};
        Emission[] ofReals =
                real.map(value -> new Emission[] {Emission.push(value), Emission.of(Opcode.REQ)})
                        .orElse(ofOthers);
        List<Variant> variants = new ArrayList<>();
        List<Emission> either =
                CollectionOperators.either(ValueType.REAL, List.of(ofReals), List.of(ofOthers));
        variants.add(
                Variant.any(1, Optional.of(BOOLEAN)).emitting(either.toArray(Emission[]::new)));
        for (Kind kind : Kind.values()) {
            Emission[] code = kind == REAL ? ofReals : ofOthers;
            variants.add(Variant.of(List.of(kind), BOOLEAN).emitting(code));
        }
        return Optional.of(Overload.of("case", variants.toArray(Variant[]::new)));
    }

    /** Integer and real order; {@code kinds} are further kinds, ordered as bytes are. */
    public static Overload order(String symbol, Opcode integers, Kind... kinds) {
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.of(List.of(INTEGER, INTEGER), BOOLEAN, integers));
        variants.add(Variant.of(List.of(REAL, REAL), BOOLEAN).emitting(realOrder(integers)));
        for (Kind kind : kinds) {
            variants.add(
                    Variant.of(List.of(kind, kind), BOOLEAN)
                            .emitting(
                                    Emission.of(Opcode.CMP),
                                    Emission.push(Value.of(0)),
                                    Emission.of(integers)));
        }
        return new Overload(symbol, variants, false, "");
    }

    private static Emission[] realOrder(Opcode integers) {
        Emission swap = Emission.of(Opcode.SWAP);
        Emission less = Emission.of(Opcode.RLT);
        Emission atMost = Emission.of(Opcode.RLE);
        return switch (integers) {
            case LT -> new Emission[] {less};
            case LE -> new Emission[] {atMost};
            case GT -> new Emission[] {swap, less};
            default -> new Emission[] {swap, atMost};
        };
    }

    /** Equality of values of one of the given kinds, or of values of which nothing is known. */
    public static Overload equality(String symbol, boolean negated, Kind... kinds) {
        List<Variant> variants = new ArrayList<>();
        for (Kind kind : kinds) {
            Variant variant = Variant.of(List.of(kind, kind), BOOLEAN);
            Emission same = Emission.of(kind == REAL ? Opcode.REQ : Opcode.EQ);
            if (!negated) {
                variants.add(variant.emitting(same));
            } else if (kind == REAL) {
                variants.add(variant.emitting(same, Emission.of(Opcode.NOT)));
            } else {
                variants.add(variant.emitting(Emission.of(Opcode.NE)));
            }
        }
        Variant doubt = Variant.any(2, Optional.of(BOOLEAN), negated ? Opcode.NE : Opcode.EQ);
        return new Overload(symbol, withDoubt(variants, doubt), false, "");
    }

    /** A kind known on one side decides; where none is known, any values are compared. */
    private static List<Variant> withDoubt(List<Variant> decided, Variant doubt) {
        List<Variant> all = new ArrayList<>();
        all.add(doubt);
        all.addAll(decided);
        return all;
    }
}
