package io.wormhole.isa.language.r;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.RParser.ArgumentContext;
import io.wormhole.isa.language.grammar.RParser.CallContext;
import io.wormhole.isa.language.grammar.RParser.ExpressionContext;
import io.wormhole.isa.language.grammar.RParser.NameContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Block;
import io.wormhole.isa.language.surface.Expression.Invoke;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.ListLiterals;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Calls of R: those that make lists, switch, and all others. */
final class RCalls {
    private final RExpressions expressions;

    RCalls(RExpressions expressions) {
        this.expressions = expressions;
    }

    Expression call(CallContext call, Position at) {
        List<ArgumentContext> given = call.arguments().argument();
        if (given.size() == 1 && given.get(0).getChildCount() == 0) {
            given = List.of();
        }
        if (!(call.expression() instanceof NameContext name)) {
            return new Invoke(expressions.expression(call.expression()), arguments(given), at);
        }
        String called = name.IDENT().getText();
        return switch (called) {
            case "list" -> list(given, at);
            case "c" -> vector(given, at);
            case "switch" -> select(given, at);
            case "return" ->
                    throw new RefusedSource(
                            at, "a return inside of an expression", "write the value alone");
            default -> named(called, arguments(given), at);
        };
    }

    private static Expression named(String name, List<Expression> arguments, Position at) {
        return name.equals("stop") && arguments.size() == 1
                ? new Expression.Failure(arguments.get(0), at)
                : new Invoke(new Expression.Name(name, at), arguments, at);
    }

    /** {@code x |> f(y)} is {@code f(x, y)}. */
    Expression piped(ExpressionContext first, ExpressionContext target, Position at) {
        if (!(target instanceof CallContext call)
                || !(call.expression() instanceof NameContext name)) {
            throw new RefusedSource(
                    Reading.at(target.start), "a pipe ends in a call", "write x |> f()");
        }
        List<ArgumentContext> given = call.arguments().argument();
        boolean none = given.size() == 1 && given.get(0).getChildCount() == 0;
        List<Expression> all = new ArrayList<>();
        all.add(expressions.expression(first));
        all.addAll(none ? List.of() : arguments(given));
        return named(name.IDENT().getText(), all, at);
    }

    private List<Expression> arguments(List<ArgumentContext> given) {
        List<Expression> arguments = new ArrayList<>();
        for (ArgumentContext argument : given) {
            Position at = Reading.at(argument.start);
            if (argument.expression() == null) {
                throw new RefusedSource(at, "an argument without a value", "pass one");
            }
            Expression value = expressions.expression(argument.expression());
            arguments.add(
                    argument.key() == null
                            ? value
                            : new Expression.Labelled(argument.key().getText(), value, at));
        }
        return arguments;
    }

    /** With names a map, without them a list. */
    private Expression list(List<ArgumentContext> given, Position at) {
        boolean named = given.stream().anyMatch(argument -> argument.key() != null);
        if (!named) {
            List<Expression> parts = arguments(given);
            List<Boolean> spread = new ArrayList<>();
            parts.forEach(part -> spread.add(false));
            return ListLiterals.list(parts, spread, at);
        }
        Expression map = new Literal(MapValue.EMPTY, Kind.MAP, false, at);
        Set<String> names = new TreeSet<>();
        for (ArgumentContext argument : given) {
            Position where = Reading.at(argument.start);
            if (argument.key() == null || argument.expression() == null) {
                throw new RefusedSource(
                        where, "a list with and without names", "name all parts, or none");
            }
            if (!names.add(argument.key().getText())) {
                throw new RefusedSource(where, "two parts of this name", "write each name once");
            }
            Expression value = expressions.expression(argument.expression());
            map =
                    new Operator(
                            CollectionOperators.MAP_PUT, List.of(map, key(argument), value), where);
        }
        return map;
    }

    private static Literal key(ArgumentContext argument) {
        String text = argument.key().getText();
        boolean quoted = argument.key().STRING() != null;
        return Texts.text(
                quoted ? text.substring(1, text.length() - 1) : text, Reading.at(argument.start));
    }

    /** A vector of single values is a list; c() of lists would join them. */
    private Expression vector(List<ArgumentContext> given, Position at) {
        List<Expression> parts = arguments(given);
        List<Boolean> spread = new ArrayList<>();
        for (Expression part : parts) {
            if (!(part instanceof Literal)) {
                throw new RefusedSource(
                        part.at(),
                        "c() joins whatever it is given",
                        "write list(a, b) for a list of values, append(a, b) to join lists");
            }
            spread.add(false);
        }
        return ListLiterals.list(parts, spread, at);
    }

    /** {@code switch(x, a = 1L, b = , c = 2L, other)}. */
    private Expression select(List<ArgumentContext> given, Position at) {
        Optional<String> unmatched = Optional.of("no case of switch matches");
        return new Block(List.of(select(given, unmatched, this::value, at)), at);
    }

    /** What a switch does in each case, with a text for none that matches, or going on. */
    Step select(CallContext call, Optional<String> unmatched, CaseSteps steps) {
        return select(call.arguments().argument(), unmatched, steps, Reading.at(call.start));
    }

    /** The steps of a case. */
    interface CaseSteps {
        List<Step> of(ExpressionContext source);
    }

    private Step select(
            List<ArgumentContext> given, Optional<String> unmatched, CaseSteps steps, Position at) {
        if (given.size() < 2 || given.get(0).key() != null) {
            throw new RefusedSource(at, "switch takes a text, and what each case gives", "");
        }
        Expression subject = expressions.expression(given.get(0).expression());
        requireTexts(given);
        List<Step.Branch> branches = new ArrayList<>();
        List<Pattern> labels = new ArrayList<>();
        for (ArgumentContext argument : given.subList(1, given.size())) {
            Position where = Reading.at(argument.start);
            if (argument.key() != null) {
                labels.add(new Pattern.Same(key(argument), where));
                if (argument.expression() == null) {
                    continue;
                }
            }
            Pattern pattern =
                    labels.isEmpty()
                            ? new Pattern.Any(where)
                            : labels.size() == 1 ? labels.get(0) : new Pattern.OneOf(labels, where);
            if (argument.expression() == null) {
                throw new RefusedSource(where, "a case without a value", "write one");
            }
            List<Step> body = steps.of(argument.expression());
            branches.add(new Step.Branch(pattern, Optional.empty(), body));
            labels = new ArrayList<>();
        }
        return new Step.Select(subject, branches, unmatched, at);
    }

    /** Cases without names are chosen by number in R. */
    private static void requireTexts(List<ArgumentContext> given) {
        if (given.size() > 2 && given.get(1).key() == null) {
            throw new RefusedSource(
                    Reading.at(given.get(1).start),
                    "this switch chooses by number",
                    "write list(a, b, c)[[n]], or cases with names");
        }
    }

    private List<Step> value(ExpressionContext source) {
        Position at = Reading.at(source.start);
        Expression value = expressions.value(source);
        return value instanceof Expression.Failure
                ? List.of(new Step.Evaluate(value, at))
                : List.of(new Step.Return(value, at));
    }
}
