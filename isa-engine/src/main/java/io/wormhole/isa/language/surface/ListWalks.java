package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.Expression.Made;
import java.util.List;

/** Walks over lists that count positions, and searches. */
public final class ListWalks {
    private ListWalks() {}

    /** The list of what {@code function} gives for each element and its position. */
    public static Expression each(Expression list, Expression function, Position at) {
        Recipe recipe =
                parts ->
                        counted(
                                parts,
                                (made, element, index) ->
                                        parts.cons(parts.call(0, element, index), made));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** The list of what {@code function} gives for each element, passed through {@code typed}. */
    public static Expression eachOf(
            Expression list, Expression function, Overload typed, Position at) {
        Recipe recipe =
                parts ->
                        counted(
                                parts,
                                (made, element, index) ->
                                        parts.cons(
                                                parts.operate(typed, parts.call(0, element)),
                                                made));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** The elements for which {@code function} holds, given them and their positions. */
    public static Expression filter(Expression list, Expression function, Position at) {
        Recipe recipe =
                parts ->
                        counted(
                                parts,
                                (made, element, index) ->
                                        parts.choice(
                                                parts.call(0, element, index),
                                                parts.cons(element, made),
                                                made));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** Tuples of position, counted from {@code first}, and element. */
    public static Expression enumerated(Expression list, Expression first, Position at) {
        Recipe recipe =
                parts ->
                        counted(
                                parts,
                                parts.operand(1),
                                (made, element, index) ->
                                        parts.cons(parts.tuple(index, element), made));
        return Made.of(List.of(list, first), recipe, at);
    }

    private static Term counted(Parts parts, Parts.Counting step) {
        return counted(parts, parts.integer(0), step);
    }

    private static Term counted(Parts parts, Term first, Parts.Counting step) {
        return parts.reverse(parts.foldCounting(parts.operand(0), first, parts.none(), step));
    }

    /** A fold from the left whose function takes the position too. */
    public static Expression fold(
            Expression list, Expression initial, Expression function, Position at) {
        Recipe recipe =
                parts ->
                        parts.foldCounting(
                                parts.operand(0),
                                parts.integer(0),
                                parts.operand(1),
                                (made, element, index) -> parts.call(0, made, element, index));
        return new Made(List.of(list, initial), List.of(function), recipe, at);
    }

    /** A fold from the left that begins with the first element; of an empty list it fails. */
    public static Expression foldOfSome(Expression list, Expression function, Position at) {
        Recipe recipe =
                parts ->
                        parts.fold(
                                parts.tail(parts.operand(0)),
                                parts.head(parts.operand(0)),
                                (made, element) -> parts.call(0, made, element));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** Whether {@code function} holds for some element and its position, or for every one. */
    public static Expression anyOrAll(
            Expression list, Expression function, boolean any, Position at) {
        Recipe recipe =
                parts ->
                        found(
                                parts,
                                (element, index) -> {
                                    Term holds = parts.call(0, element, index);
                                    return any ? holds : parts.operate(Operators.NOT, holds);
                                },
                                (element, index) -> parts.bool(any),
                                parts.bool(!any));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** The position of the first element equal to {@code element}, or -1. */
    public static Expression indexOf(
            Expression list, Expression element, Overload equal, Position at) {
        Recipe recipe =
                parts ->
                        found(
                                parts,
                                (each, index) -> parts.operate(equal, each, parts.operand(1)),
                                (each, index) -> index,
                                parts.integer(-1));
        return Made.of(List.of(list, element), recipe, at);
    }

    /** The position of the first element for which {@code function} holds, or -1. */
    public static Expression findIndex(
            Expression list, Expression function, boolean positions, Position at) {
        Recipe recipe =
                parts ->
                        found(
                                parts,
                                (each, index) -> called(parts, positions, each, index),
                                (each, index) -> index,
                                parts.integer(-1));
        return new Made(List.of(list), List.of(function), recipe, at);
    }

    /** The first element for which {@code function} holds, else what {@code otherwise} gives. */
    public static Expression find(
            Expression list,
            Expression function,
            boolean positions,
            Expression otherwise,
            Position at) {
        Step missing = new Step.Return(otherwise, at);
        Expression later = new Expression.Function(List.of(), List.of(missing), at);
        Recipe recipe =
                parts ->
                        found(
                                parts,
                                (each, index) -> called(parts, positions, each, index),
                                (each, index) -> each,
                                parts.call(1));
        return new Made(List.of(list), List.of(function, later), recipe, at);
    }

    /** The first element with a part equal to {@code wanted}, else {@code otherwise}. */
    public static Expression findBy(
            Expression list,
            Expression wanted,
            Variant part,
            Overload equal,
            Expression otherwise,
            Position at) {
        Overload found = Overload.of("part", part);
        Recipe recipe =
                parts ->
                        found(
                                parts,
                                (each, index) ->
                                        parts.operate(
                                                equal,
                                                parts.operate(found, each),
                                                parts.operand(1)),
                                (each, index) -> each,
                                parts.operand(2));
        return Made.of(List.of(list, wanted, otherwise), recipe, at);
    }

    private static Term called(Parts parts, boolean positions, Term element, Term index) {
        return positions ? parts.call(0, element, index) : parts.call(0, element);
    }

    private interface OfElement {
        Term of(Term element, Term index);
    }

    /** What {@code then} gives at the first element that passes {@code test}. */
    private static Term found(Parts parts, OfElement test, OfElement then, Term otherwise) {
        return parts.loop(
                (again, v) ->
                        parts.choice(
                                parts.empty(v.get(0)),
                                otherwise,
                                parts.let(
                                        parts.head(v.get(0)),
                                        element ->
                                                parts.choice(
                                                        test.of(element, v.get(1)),
                                                        then.of(element, v.get(1)),
                                                        again.with(
                                                                parts.tail(v.get(0)),
                                                                parts.plus(
                                                                        v.get(1),
                                                                        parts.integer(1)))))),
                parts.operand(0),
                parts.integer(0));
    }
}
