package io.wormhole.isa.language.python;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.grammar.PythonParser.ArgumentContext;
import io.wormhole.isa.language.grammar.PythonParser.CallContext;
import io.wormhole.isa.language.grammar.PythonParser.ExpressionContext;
import io.wormhole.isa.language.grammar.PythonParser.GeneratorContext;
import io.wormhole.isa.language.grammar.PythonParser.IndexContext;
import io.wormhole.isa.language.grammar.PythonParser.MemberContext;
import io.wormhole.isa.language.grammar.PythonParser.NameContext;
import io.wormhole.isa.language.grammar.PythonParser.ParenthesesContext;
import io.wormhole.isa.language.grammar.PythonParser.SubscriptContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls, methods, the module math, and what stands in brackets. */
final class PythonMembers {
    private static final BuiltIns MATH =
            new BuiltIns()
                    .add("floor", Overload.of("floor", Operators.FLOOR))
                    .add("ceil", Overload.of("ceil", Operators.CEILING))
                    .add("trunc", Overload.of("trunc", Operators.TRUNCATE))
                    .add("fabs", Operators.real("fabs", Opcode.RABS))
                    .add("sqrt", Operators.real("sqrt", Opcode.RSQRT))
                    .add("exp", Operators.real("exp", Opcode.REXP))
                    .add("log", Operators.real("log", Opcode.RLN))
                    .add("sin", Operators.real("sin", Opcode.RSIN))
                    .add("cos", Operators.real("cos", Opcode.RCOS))
                    .add("pow", Overload.of("pow", Operators.POWER_REALS));

    private static final Map<String, String> MUTATING =
            Map.of(
                    "append", "write [*list, value]",
                    "extend", "write list + other",
                    "insert", "write [value, *list]",
                    "pop", "write list[1:]",
                    "sort", "write sorted(list)",
                    "reverse", "write list(reversed(xs))",
                    "update", "write {**map, key: value}",
                    "format", "write f\"{a} and {b}\"");

    private final PythonExpressions expressions;
    private final PythonSorting sorting;
    private final Set<String> own;

    PythonMembers(PythonExpressions expressions, Set<String> own) {
        this.expressions = expressions;
        this.sorting = new PythonSorting(expressions);
        this.own = own;
    }

    private static boolean isNamed(ExpressionContext expression, String name) {
        return expression instanceof NameContext found && found.IDENT().getText().equals(name);
    }

    Expression member(MemberContext member, Position at) {
        String name = member.IDENT().getText();
        if (isNamed(member.expression(), "math")) {
            return switch (name) {
                case "pi" -> Texts.real(Math.PI, at);
                case "e" -> Texts.real(Math.E, at);
                case "inf" -> Texts.real(Double.POSITIVE_INFINITY, at);
                case "nan" -> Texts.real(Double.NaN, at);
                default ->
                        throw new RefusedSource(
                                at, "math." + name + " is outside of this subset", "");
            };
        }
        throw new RefusedSource(
                Reading.at(member.IDENT().getSymbol()),
                "values have no attributes here",
                "write value[\"" + name + "\"] for a dict, value[0] for a tuple");
    }

    Expression index(IndexContext index, Position at) {
        Expression subject = expressions.expression(index.expression());
        SubscriptContext subscript = index.subscript();
        if (subscript.colon != null) {
            return slice(subject, subscript, at);
        }
        Expression position = expressions.expression(subscript.expression(0));
        if (position instanceof Literal literal && literal.value() instanceof IntValue integer) {
            return written(subject, integer, position.at(), at);
        }
        return new Operator(PythonOperators.at(), List.of(subject, position), at);
    }

    /** A position that is written there, which may count from the end. */
    private static Expression written(
            Expression subject, IntValue position, Position where, Position at) {
        long written = position.isSmall() ? position.longValue() : Long.MAX_VALUE;
        if (written < -254 || written > 254) {
            throw new RefusedSource(
                    where, "a position is -254 to 254 here", "give the position a name");
        }
        Overload part =
                written < 0 ? PythonOperators.fromEnd(-written) : PythonOperators.at((int) written);
        return new Operator(part, List.of(subject), at);
    }

    private Expression slice(Expression subject, SubscriptContext subscript, Position at) {
        Expression from =
                subscript.from == null
                        ? Texts.integer("0", false, at)
                        : expressions.expression(subscript.from);
        if (subscript.to != null) {
            Expression to = expressions.expression(subscript.to);
            return new Operator(PythonSlices.between(), List.of(subject, from, to), at);
        }
        if (from instanceof Literal literal
                && literal.value() instanceof IntValue integer
                && integer.isSmall()
                && integer.longValue() >= 0) {
            return new Operator(
                    PythonOperators.from((int) Math.min(integer.longValue(), 1 << 20)),
                    List.of(subject),
                    at);
        }
        return new Operator(PythonSlices.from(), List.of(subject, from), at);
    }

    Expression call(CallContext call, Position at) {
        List<ArgumentContext> given = call.arguments().argument();
        if (call.expression() instanceof MemberContext member) {
            return method(member, call, Reading.at(member.IDENT().getSymbol()));
        }
        if (call.expression() instanceof NameContext name) {
            String called = name.IDENT().getText();
            Optional<Expression> special =
                    own.contains(called) ? Optional.empty() : special(call, called, at);
            if (special.isPresent()) {
                return special.get();
            }
            List<Expression> arguments = arguments(given);
            if (called.equals("fail") && arguments.size() == 1) {
                return new Expression.Failure(arguments.get(0), at);
            }
            return new Expression.Invoke(new Expression.Name(called, at), arguments, at);
        }
        return new Expression.Invoke(
                expressions.expression(call.expression()), arguments(given), at);
    }

    /** Calls that are read before the names in them are known. */
    private Optional<Expression> special(CallContext call, String name, Position at) {
        List<ArgumentContext> given = call.arguments().argument();
        PythonIterators.requireWalked(call, name, at);
        if ((name.equals("any") || name.equals("all")) && given.size() == 1) {
            return Optional.of(anyOrAll(given.get(0), name.equals("any"), at));
        }
        return name.equals("sorted") ? Optional.of(sorting.sorted(given, at)) : Optional.empty();
    }

    private List<Expression> arguments(List<ArgumentContext> given) {
        List<Expression> arguments = new ArrayList<>();
        boolean labelled = false;
        for (ArgumentContext argument : given) {
            Position at = Reading.at(argument.start);
            if (labelled && argument.IDENT() == null) {
                throw new RefusedSource(
                        at, "an argument without a name behind one with a name", "write it before");
            }
            labelled = argument.IDENT() != null;
            Expression value = argument(argument);
            arguments.add(
                    labelled
                            ? new Expression.Labelled(argument.IDENT().getText(), value, at)
                            : value);
        }
        return arguments;
    }

    Expression argument(ArgumentContext argument) {
        Position at = Reading.at(argument.start);
        if (argument.start.getText().startsWith("*")) {
            throw new RefusedSource(
                    at, "the number of arguments would depend on a list", "pass the list");
        }
        return argument.generator().isEmpty()
                ? expressions.expression(argument.expression())
                : expressions.comprehension(argument.expression(), argument.generator(), at);
    }

    /** {@code any(condition for x in xs)}: a loop that ends at the first that decides. */
    private Expression anyOrAll(ArgumentContext argument, boolean any, Position at) {
        ExpressionContext body = argument.expression();
        List<GeneratorContext> generators = argument.generator();
        if (generators.isEmpty() && body instanceof ParenthesesContext inner) {
            generators = inner.generator();
            body = inner.expression(0);
        }
        if (generators.isEmpty()) {
            Expression.Function itself =
                    new Expression.Function(
                            List.of(new Pattern.Named(" truth", at)),
                            List.of(new Step.Return(new Expression.Name(" truth", at), at)),
                            at);
            return BuiltIns.anyOrAll(argument(argument), itself, any, at);
        }
        Step stop = new Step.Return(Texts.bool(any, at), at);
        Expression condition = expressions.expression(body);
        Step inner =
                any
                        ? new Step.Choose(condition, List.of(stop), List.of(), at)
                        : new Step.Choose(condition, List.of(), List.of(stop), at);
        for (int i = generators.size() - 1; i >= 0; i--) {
            inner = expressions.around(generators.get(i), inner, at);
        }
        Step otherwise = new Step.Return(Texts.bool(!any, at), at);
        return new Expression.Block(List.of(inner, otherwise), at);
    }

    private Expression method(MemberContext member, CallContext call, Position at) {
        String name = member.IDENT().getText();
        if (isNamed(member.expression(), "math")) {
            List<Expression> arguments = arguments(call.arguments().argument());
            return MATH.call(name, arguments, at)
                    .orElseThrow(
                            () ->
                                    new RefusedSource(
                                            at, "math." + name + " is outside of this subset", ""));
        }
        if (MUTATING.containsKey(name)) {
            throw new RefusedSource(at, name + " is outside of this subset", MUTATING.get(name));
        }
        List<Expression> arguments = arguments(call.arguments().argument());
        if (isNamed(member.expression(), "bytes") && name.equals("fromhex")) {
            requireArguments(arguments, 1, name, at);
            return Texts.hex(arguments.get(0), at);
        }
        if (isNamed(member.expression(), "int") && name.equals("from_bytes")) {
            requireBigEndian(arguments, 2, name, at);
            return new Operator(Operators.FROM_BYTES, List.of(arguments.get(0)), at);
        }
        if (isModule(member.expression())) {
            return new Expression.Invoke(
                    expressions.expression(member.expression()), arguments, at);
        }
        Expression subject = expressions.expression(member.expression());
        return switch (name) {
            case "get" -> {
                requireArguments(arguments, 2, name, at);
                yield new Operator(
                        CollectionOperators.MAP_GET_OR,
                        List.of(subject, arguments.get(0), arguments.get(1)),
                        at);
            }
            case "join" -> {
                requireArguments(arguments, 1, name, at);
                Overload text =
                        Overload.of("join", Variant.of(List.of(Kind.TEXT), Kind.TEXT))
                                .advising("it joins texts: write str(n) of integers");
                yield ListParts.joined(arguments.get(0), subject, text, at);
            }
            case "encode" -> Texts.utf8(subject, at);
            case "to_bytes" -> {
                requireBigEndian(arguments, 2, name, at);
                yield new Operator(Operators.TO_BYTES, List.of(subject, arguments.get(0)), at);
            }
            case "keys", "items", "values" ->
                    throw new RefusedSource(
                            at,
                            "Python keeps entries in the order of their coming, the machine by key",
                            "write sorted(m.keys()) or sorted(m.items())");
            default ->
                    throw new RefusedSource(
                            at,
                            name + " is outside of this subset",
                            "dicts have get(key, other), texts encode() and join(list), integers to_bytes(n,"
                                    + " \"big\")");
        };
    }

    /** A module of Python that is not there: the fault names what to write instead. */
    private static boolean isModule(ExpressionContext expression) {
        return isNamed(expression, "random")
                || isNamed(expression, "time")
                || isNamed(expression, "datetime")
                || isNamed(expression, "hashlib");
    }

    private static void requireArguments(
            List<Expression> arguments, int count, String name, Position at) {
        if (arguments.size() != count) {
            throw new RefusedSource(
                    at, name + " takes " + count + " arguments, found " + arguments.size(), "");
        }
    }

    private static void requireBigEndian(
            List<Expression> arguments, int count, String name, Position at) {
        requireArguments(arguments, count, name, at);
        boolean big =
                arguments.get(count - 1) instanceof Literal literal
                        && literal.value().equals(Value.text("big"));
        if (!big) {
            throw new RefusedSource(at, name + " is of big-endian bytes", "write \"big\"");
        }
    }
}
