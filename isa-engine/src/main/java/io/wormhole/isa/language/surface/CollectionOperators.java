package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.MAP;
import static io.wormhole.isa.language.core.Kind.TUPLE;
import static io.wormhole.isa.language.core.Variant.AT_KEY;
import static io.wormhole.isa.language.core.Variant.ELEMENT;
import static io.wormhole.isa.language.core.Variant.RESULT;
import static io.wormhole.isa.language.core.Variant.WHOLE;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations on lists, maps and tuples that languages choose from. */
public final class CollectionOperators {
    /** A list after the other. */
    public static final Variant JOIN_LISTS =
            Operators.binary(LIST, Opcode.LCAT)
                    .flowing(0, ELEMENT, RESULT, ELEMENT)
                    .flowing(1, ELEMENT, RESULT, ELEMENT);

    /** The first element. */
    public static final Overload HEAD =
            Overload.of(
                    "head",
                    Variant.of(List.of(LIST), LIST, Opcode.HEAD)
                            .givingAny()
                            .flowing(0, ELEMENT, RESULT, WHOLE));

    /** All but the first element. */
    public static final Overload TAIL =
            Overload.of(
                    "tail",
                    Variant.of(List.of(LIST), LIST, Opcode.TAIL)
                            .flowing(0, ELEMENT, RESULT, ELEMENT));

    /** Whether a list has no element. */
    public static final Overload EMPTY =
            Overload.of("empty", Variant.of(List.of(LIST), BOOLEAN, Opcode.EMPTY));

    /** An element in front of a list. */
    public static final Overload CONS =
            Overload.of(
                    "cons",
                    Variant.of(List.of(LIST, LIST), LIST, Opcode.CONS)
                            .anyAt(0)
                            .flowing(0, WHOLE, RESULT, ELEMENT)
                            .flowing(1, ELEMENT, RESULT, ELEMENT));

    /** A list in opposite order. */
    public static final Overload REVERSE =
            Overload.of(
                    "reverse",
                    Variant.of(List.of(LIST), LIST, Opcode.LREV)
                            .flowing(0, ELEMENT, RESULT, ELEMENT));

    /** How many elements a list has. */
    public static final Variant LIST_LENGTH = Variant.of(List.of(LIST), INTEGER, Opcode.LLEN);

    /** How many entries a map has. */
    public static final Variant MAP_SIZE = Variant.of(List.of(MAP), INTEGER, Opcode.MSIZE);

    /** How many fields a tuple has. */
    public static final Variant TUPLE_SIZE = Variant.of(List.of(TUPLE), INTEGER, Opcode.TSIZE);

    /** An element, of list and index from 0. */
    public static final Variant NTH =
            Variant.of(List.of(LIST, INTEGER), LIST, Opcode.LNTH)
                    .givingAny()
                    .flowing(0, ELEMENT, RESULT, WHOLE);

    /** The value of a map at a key. */
    public static final Variant MAP_GET =
            Variant.of(List.of(MAP, MAP), LIST, Opcode.MGET)
                    .givingAny()
                    .anyAt(1)
                    .flowing(0, AT_KEY, RESULT, WHOLE);

    /** The value of a map at a key, or another. */
    public static final Overload MAP_GET_OR =
            Overload.of(
                    "get",
                    Variant.of(List.of(MAP, MAP, MAP), LIST, Opcode.MGETOR)
                            .givingAny()
                            .anyAt(1)
                            .anyAt(2)
                            .flowing(0, AT_KEY, RESULT, WHOLE)
                            .flowing(2, WHOLE, RESULT, WHOLE));

    /** Whether a map has a key. */
    public static final Overload MAP_HAS =
            Overload.of("has", Variant.of(List.of(MAP, MAP), BOOLEAN, Opcode.MHAS).anyAt(1));

    /** A map with one more entry. */
    public static final Overload MAP_PUT =
            Overload.of(
                    "put",
                    Variant.of(List.of(MAP, MAP, MAP), MAP, Opcode.MPUT)
                            .anyAt(1)
                            .anyAt(2)
                            .flowing(0, WHOLE, RESULT, WHOLE)
                            .flowing(2, WHOLE, RESULT, AT_KEY)
                            .flowing(2, WHOLE, RESULT, ELEMENT));

    /** A map without a key. */
    public static final Overload MAP_REMOVE =
            Overload.of(
                    "remove",
                    Variant.of(List.of(MAP, MAP), MAP, Opcode.MDEL)
                            .anyAt(1)
                            .flowing(0, WHOLE, RESULT, WHOLE));

    /** The keys of a map in order. */
    public static final Overload MAP_KEYS =
            Overload.of("keys", Variant.of(List.of(MAP), LIST, Opcode.MKEYS));

    /** Tuples of key and value in the order of keys. */
    public static final Overload MAP_ENTRIES =
            Overload.of("entries", Variant.of(List.of(MAP), LIST, Opcode.MLIST));

    private CollectionOperators() {}

    /** A tuple of {@code size} fields. */
    public static Overload tuple(int size) {
        Variant variant =
                Variant.any(size, Optional.of(TUPLE))
                        .emitting(Emission.counting(Opcode.TUPLE, size));
        for (int i = 0; i < size; i++) {
            variant = variant.flowing(i, WHOLE, RESULT, i);
        }
        return Overload.of("tuple", variant);
    }

    /** A list of {@code size} elements. */
    public static Overload list(int size) {
        Variant variant =
                Variant.any(size, Optional.of(LIST)).emitting(Emission.counting(Opcode.LIST, size));
        for (int i = 0; i < size; i++) {
            variant =
                    variant.flowing(i, WHOLE, RESULT, ELEMENT)
                            .flowing(i, WHOLE, RESULT, Variant.position(i));
        }
        return Overload.of("list", variant);
    }

    /** Field {@code index} of a tuple. */
    public static Variant field(int index) {
        return Variant.of(List.of(TUPLE), TUPLE)
                .givingAny()
                .emitting(Emission.field(Opcode.FIELD, index))
                .flowing(0, index, RESULT, WHOLE);
    }

    /** Element {@code index} of a list, from 0. */
    public static Variant element(int index) {
        return Variant.of(List.of(LIST), LIST)
                .givingAny()
                .emitting(Emission.push(Value.of(index)), Emission.of(Opcode.LNTH))
                .flowing(0, Variant.position(index), RESULT, WHOLE);
    }

    /** Part {@code index} of a list or a tuple, where nothing says before which of them it is. */
    public static Variant elementOrField(int index) {
        Emission[] code =
                ofList(
                        List.of(Emission.push(Value.of(index)), Emission.of(Opcode.LNTH)),
                        List.of(Emission.field(Opcode.FIELD, index)));
        return Variant.any(1, Optional.empty())
                .emitting(code)
                .flowing(0, Variant.position(index), RESULT, WHOLE)
                .flowing(0, index, RESULT, WHOLE);
    }

    /** {@code first} where the value on top is a list, else {@code otherwise}. */
    private static Emission[] ofList(List<Emission> first, List<Emission> otherwise) {
        return either(ValueType.LIST, first, otherwise).toArray(Emission[]::new);
    }

    /** {@code first} where the value on top is of {@code type}, else {@code otherwise}. */
    static List<Emission> either(ValueType type, List<Emission> first, List<Emission> otherwise) {
        List<Emission> code = new ArrayList<>();
        code.add(Emission.of(Opcode.DUP));
        code.add(Emission.of(Opcode.TYPE));
        code.add(Emission.push(Value.of(type.code())));
        code.add(Emission.of(Opcode.EQ));
        code.add(Emission.of(Opcode.IF));
        code.addAll(first);
        code.add(Emission.of(Opcode.ELSE));
        code.addAll(otherwise);
        code.add(Emission.of(Opcode.END));
        return code;
    }

    /**
     * A part of a list or a map, where nothing says before which of them it is; {@code position} is
     * the instructions that turn a position of the language into one from 0.
     */
    public static Variant elementOrValue(boolean integerKey, Emission... position) {
        List<Emission> ofList = new ArrayList<>(List.of(Emission.of(Opcode.SWAP)));
        ofList.addAll(List.of(position));
        ofList.add(Emission.of(Opcode.LNTH));
        List<Emission> ofMap = List.of(Emission.of(Opcode.SWAP), Emission.of(Opcode.MGET));
        List<Emission> code = new ArrayList<>(List.of(Emission.of(Opcode.SWAP)));
        code.addAll(List.of(ofList(ofList, ofMap)));
        List<Optional<Kind>> takes =
                List.of(Optional.empty(), integerKey ? Optional.of(INTEGER) : Optional.empty());
        return new Variant(takes, Optional.empty(), List.of(), code)
                .flowing(0, ELEMENT, RESULT, WHOLE);
    }

    /** How many parts a list, a map or a tuple has, where nothing says before which it is. */
    public static Variant anyLength() {
        List<Emission> others =
                either(
                        ValueType.MAP,
                        List.of(Emission.of(Opcode.MSIZE)),
                        List.of(Emission.of(Opcode.TSIZE)));
        return Variant.any(1, Optional.of(INTEGER))
                .emitting(ofList(List.of(Emission.of(Opcode.LLEN)), others));
    }

    /** The value of a map at a key, or what {@code otherwise} gives, where there is none. */
    public static Expression getOr(
            Expression map, Expression key, Expression otherwise, Position at) {
        Step missing = new Step.Return(otherwise, at);
        Expression later = new Expression.Function(List.of(), List.of(missing), at);
        Recipe recipe =
                parts ->
                        parts.choice(
                                parts.operate(MAP_HAS, parts.operand(0), parts.operand(1)),
                                parts.operate(
                                        Overload.of("[…]", MAP_GET),
                                        parts.operand(0),
                                        parts.operand(1)),
                                parts.call(0));
        return new Expression.Made(List.of(map, key), List.of(later), recipe, at);
    }

    /** Field {@code index} of what a pattern found to be a tuple. */
    public static Overload uncheckedField(int index) {
        return Overload.of("field", field(index).anyAt(0));
    }

    /** A tuple with field {@code index} replaced. */
    public static Overload withField(int index) {
        return Overload.of(
                "with",
                Variant.of(List.of(TUPLE, TUPLE), TUPLE)
                        .anyAt(1)
                        .emitting(Emission.field(Opcode.WITH, index))
                        .flowing(1, WHOLE, RESULT, index));
    }
}
