package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArgumentsContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ElementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ExpressionContext;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.ByArity;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.ListOrder;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.ListWalks;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods of lists that call functions, or count positions. */
final class JavaScriptLists {
    private static final Map<String, Set<Integer>> ARGUMENTS =
            Map.ofEntries(
                    Map.entry("map", Set.of(1)),
                    Map.entry("filter", Set.of(1)),
                    Map.entry("flatMap", Set.of(1)),
                    Map.entry("reduce", Set.of(1, 2)),
                    Map.entry("some", Set.of(1)),
                    Map.entry("every", Set.of(1)),
                    Map.entry("findIndex", Set.of(1)),
                    Map.entry("indexOf", Set.of(1)),
                    Map.entry("slice", Set.of(0, 1, 2)),
                    Map.entry("at", Set.of(1)),
                    Map.entry("join", Set.of(0, 1)),
                    Map.entry("sort", Set.of(1)),
                    Map.entry("toSorted", Set.of(1)));

    private static final Set<String> OF_POSITIONS = Set.of("findIndex", "indexOf");

    private final JavaScriptExpressions expressions;

    JavaScriptLists(JavaScriptExpressions expressions) {
        this.expressions = expressions;
    }

    static boolean has(String method) {
        return ARGUMENTS.containsKey(method);
    }

    Expression method(
            ExpressionContext subject, String name, ArgumentsContext arguments, Position at) {
        int count = arguments.element().size();
        if (!ARGUMENTS.getOrDefault(name, Set.of()).contains(count)) {
            String advice =
                    name.endsWith("ort") || name.equals("toSorted")
                            ? "it would compare texts: write toSorted((a, b) => a - b)"
                            : "pass what it needs, and no more";
            throw new RefusedSource(at, name + " of " + count + " arguments", advice);
        }
        if (expressions.areBigIntegers() && OF_POSITIONS.contains(name)) {
            throw positionsAreNumbers(at);
        }
        Expression list = expressions.expression(subject);
        if (name.equals("slice") || name.equals("at")) {
            return part(list, name, positions(arguments), at);
        }
        List<Expression> given = expressions.arguments(arguments.element());
        return switch (name) {
            case "indexOf" ->
                    ListWalks.indexOf(
                            list, given.get(0), JavaScriptOperators.binary("===", false, at), at);
            case "join" -> join(list, given, at);
            case "reduce" -> reduce(list, given, at);
            case "sort", "toSorted" -> ListOrder.sortedWith(list, given.get(0), at);
            default -> walk(list, name, function(given.get(0), 1, at), at);
        };
    }

    private Expression walk(Expression list, String name, Expression function, Position at) {
        String flat = "what it gives is put together: give a list, or write map";
        return switch (name) {
            case "map" ->
                    byArity(
                            function,
                            2,
                            ListWalks.each(list, function, at),
                            new Expression.Each(list, function, at),
                            at);
            case "filter" ->
                    byArity(
                            function,
                            2,
                            ListWalks.filter(list, function, at),
                            new Expression.Filter(list, function, at),
                            at);
            case "flatMap" ->
                    byArity(
                            function,
                            2,
                            ListParts.flatMap(list, function, true, flat, at),
                            ListParts.flatMap(list, function, false, flat, at),
                            at);
            case "findIndex" ->
                    byArity(
                            function,
                            2,
                            ListWalks.findIndex(list, function, true, at),
                            ListWalks.findIndex(list, function, false, at),
                            at);
            default -> {
                boolean any = name.equals("some");
                yield byArity(
                        function,
                        2,
                        ListWalks.anyOrAll(list, function, any, at),
                        BuiltIns.anyOrAll(list, function, any, at),
                        at);
            }
        };
    }

    /** {@code list.find(f) ?? other}. */
    Expression find(
            ExpressionContext subject, ArgumentsContext arguments, Expression other, Position at) {
        Expression list = expressions.expression(subject);
        Expression given = expressions.arguments(arguments.element()).get(0);
        Expression function = function(given, 1, at);
        return byArity(
                function,
                2,
                ListWalks.find(list, function, true, other, at),
                ListWalks.find(list, function, false, other, at),
                at);
    }

    private Expression reduce(Expression list, List<Expression> given, Position at) {
        Expression function = function(given.get(0), 2, at);
        if (given.size() == 1) {
            return ListWalks.foldOfSome(list, function, at);
        }
        return byArity(
                function,
                3,
                ListWalks.fold(list, given.get(1), function, at),
                new Expression.Fold(list, given.get(1), function, false, at),
                at);
    }

    /** A function that takes the position as well is given it, as JavaScript does. */
    private Expression byArity(
            Expression function, int arity, Expression longer, Expression plain, Position at) {
        if (!expressions.areBigIntegers()) {
            return new ByArity(function, arity, longer, plain, at);
        }
        Expression refused =
                Expression.Made.of(
                        List.of(),
                        parts -> {
                            throw positionsAreNumbers(at);
                        },
                        at);
        return new ByArity(function, arity, refused, plain, at);
    }

    private static RefusedSource positionsAreNumbers(Position at) {
        return new RefusedSource(
                at,
                "this file writes integers as BigInts, and a position is a number",
                "count by a variable of your own");
    }

    /** A function may take fewer arguments than it is given. */
    private static Expression function(Expression given, int arguments, Position at) {
        if (!(given instanceof Expression.Function literal)
                || literal.parameters().size() >= arguments) {
            return given;
        }
        List<Pattern> parameters = new ArrayList<>(literal.parameters());
        while (parameters.size() < arguments) {
            parameters.add(new Pattern.Any(at));
        }
        return new Expression.Function(parameters, literal.body(), literal.at());
    }

    private static Expression join(Expression list, List<Expression> given, Position at) {
        Expression between = given.isEmpty() ? Texts.text(",", at) : given.get(0);
        Overload text =
                ListParts.TO_TEXT
                        .called("join")
                        .advising("it joins texts and integers: map the others to texts first");
        return ListParts.joined(list, between, text, at);
    }

    /** In a file of BigInts a computed integer is none that JavaScript takes for a position. */
    private List<Expression> positions(ArgumentsContext arguments) {
        expressions.requireNoSpread(arguments.element());
        List<Expression> positions = new ArrayList<>();
        for (ElementContext element : arguments.element()) {
            Expression position = expressions.position(element.expression());
            if (expressions.areBigIntegers() && !(position instanceof Literal)) {
                throw positionsAreNumbers(position.at());
            }
            positions.add(position);
        }
        return positions;
    }

    private static Expression part(
            Expression list, String name, List<Expression> positions, Position at) {
        if (name.equals("at")) {
            return ListParts.at(list, positions.get(0), at);
        }
        Expression from = positions.isEmpty() ? Texts.integer("0", false, at) : positions.get(0);
        return positions.size() < 2
                ? ListParts.from(list, from, at)
                : ListParts.slice(list, from, positions.get(1), at);
    }
}
