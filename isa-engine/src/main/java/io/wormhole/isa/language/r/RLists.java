package io.wormhole.isa.language.r;

import static io.wormhole.isa.language.core.Kind.BOOLEAN;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.REAL;
import static io.wormhole.isa.language.core.Kind.TEXT;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Fold;
import io.wormhole.isa.language.surface.Expression.Labelled;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.ListOrder;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.ListWalks;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Parts;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.ValueType;
import java.util.List;

/** Functions of R that sort lists and take parts of them. */
final class RLists {
    private static final Overload BEFORE =
            ListOrder.before("sort")
                    .advising(
                            "numbers of one type are sorted; the order of texts is not the same"
                                    + " everywhere");

    private RLists() {}

    static void addTo(BuiltIns all) {
        all.add("unlist", same("unlist"))
                .add("as.list", same("as.list"))
                .add("rev", CollectionOperators.REVERSE)
                .add("seq_along", 1, RLists::places)
                .add("Map", 3, (given, at) -> map(given, at))
                .add("vapply", 3, RLists::vector)
                .addVariadic("Reduce", RLists::reduce)
                .addVariadic("sort", RLists::sorted)
                .addVariadic("head", (given, at) -> ends(given, "head", at))
                .addVariadic("tail", (given, at) -> ends(given, "tail", at));
    }

    /** A list, which stays what it is. */
    private static Overload same(String name) {
        return Overload.of(
                name,
                Variant.of(List.of(LIST), LIST, Opcode.DUP, Opcode.EMPTY, Opcode.DROP)
                        .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT));
    }

    /** The least or greatest of a list, or of several numbers. */
    static Expression extreme(List<Expression> given, boolean least, Position at) {
        String name = least ? "min" : "max";
        return given.size() == 1
                ? ListOrder.extreme(given.get(0), BEFORE.called(name), !least, at)
                : BuiltIns.folding(BuiltIns.extreme(name, least)).of(given, at);
    }

    private static Expression places(List<Expression> given, Position at) {
        Expression one = Texts.integer("1", false, at);
        Overload length = Overload.of("seq_along", CollectionOperators.LIST_LENGTH);
        Expression size = new Operator(length, given, at);
        Overload add = Overload.of("+", Operators.ADD_INTEGERS);
        return new Expression.Range(one, new Operator(add, List.of(size, one), at), at);
    }

    private static Expression map(List<Expression> given, Position at) {
        return ListParts.mapped(given.get(1), given.get(2), given.get(0), at);
    }

    /** What a function gives for each, which must be of the type of the third argument. */
    private static Expression vector(List<Expression> given, Position at) {
        Overload typed = typed(given.get(2));
        return ListWalks.eachOf(given.get(0), given.get(1), typed, at);
    }

    private static Overload typed(Expression example) {
        String name =
                example instanceof Expression.Invoke call
                                && call.function() instanceof Expression.Name made
                        ? made.name()
                        : "";
        return switch (name) {
            case "integer" -> typed(INTEGER, ValueType.INTEGER);
            case "numeric", "double" -> typed(REAL, ValueType.REAL);
            case "character" -> typed(TEXT, ValueType.BYTES);
            case "logical" -> typed(BOOLEAN, ValueType.BOOLEAN);
            default ->
                    throw new RefusedSource(
                            example.at(),
                            "a type is said by an empty value",
                            "write integer(1), numeric(1), character(1) or logical(1)");
        };
    }

    private static Overload typed(Kind kind, ValueType type) {
        return Overload.of("vapply", Variant.of(List.of(kind), kind).emitting(Parts.check(type)));
    }

    private static Expression reduce(List<Expression> given, Position at) {
        return switch (given.size()) {
            case 2 -> ListWalks.foldOfSome(given.get(1), given.get(0), at);
            case 3 -> new Fold(given.get(1), given.get(2), given.get(0), false, at);
            default ->
                    throw new RefusedSource(
                            at, "Reduce takes a function, a list and what to begin with", "");
        };
    }

    private static Expression sorted(List<Expression> given, Position at) {
        boolean says =
                given.size() == 2
                        && given.get(1) instanceof Labelled order
                        && order.name().equals("decreasing")
                        && order.value() instanceof Literal truth
                        && truth.value() instanceof BoolValue;
        boolean descending =
                says
                        && ((Literal) ((Labelled) given.get(1)).value())
                                .value()
                                .equals(BoolValue.TRUE);
        if (given.size() != 1 && !says) {
            throw new RefusedSource(
                    at,
                    "sort takes a list of numbers",
                    "write sort(unlist(xs)), or sort(unlist(xs), decreasing = TRUE)");
        }
        return ListOrder.sorted(given.get(0), BEFORE, descending, at);
    }

    /** So many from an end, or all but so many. */
    private static Expression ends(List<Expression> given, String name, Position at) {
        if (given.size() != 2) {
            throw new RefusedSource(at, name + " takes a list and a number", "write both");
        }
        Expression count =
                RExpressions.whole(given.get(1))
                        .<Expression>map(n -> Texts.integer(String.valueOf(n), false, at))
                        .orElse(given.get(1));
        Expression zero = Texts.integer("0", false, at);
        return name.equals("head")
                ? ListParts.slice(given.get(0), zero, count, at)
                : ListParts.last(given.get(0), count, at);
    }
}
