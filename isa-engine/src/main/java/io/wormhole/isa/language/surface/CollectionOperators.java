package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.MAP;
import static io.wormhole.isa.language.core.Kind.TUPLE;
import static io.wormhole.isa.language.core.Variant.ELEMENT;
import static io.wormhole.isa.language.core.Variant.RESULT;
import static io.wormhole.isa.language.core.Variant.WHOLE;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Variant;
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
                    .flowing(0, ELEMENT, RESULT, WHOLE);

    /** The value of a map at a key, or another. */
    public static final Overload MAP_GET_OR =
            Overload.of(
                    "get",
                    Variant.of(List.of(MAP, MAP, MAP), LIST, Opcode.MGETOR)
                            .givingAny()
                            .anyAt(1)
                            .anyAt(2)
                            .flowing(0, ELEMENT, RESULT, WHOLE)
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
                            .flowing(0, ELEMENT, RESULT, ELEMENT)
                            .flowing(2, WHOLE, RESULT, ELEMENT));

    /** A map without a key. */
    public static final Overload MAP_REMOVE =
            Overload.of(
                    "remove",
                    Variant.of(List.of(MAP, MAP), MAP, Opcode.MDEL)
                            .anyAt(1)
                            .flowing(0, ELEMENT, RESULT, ELEMENT));

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
            variant = variant.flowing(i, WHOLE, RESULT, ELEMENT);
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
