package io.wormhole.isa.language.javascript;

import static io.wormhole.isa.language.core.Kind.LIST;
import static io.wormhole.isa.language.core.Kind.MAP;
import static io.wormhole.isa.language.core.Kind.TEXT;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrayContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BinaryContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.CallContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ExpressionContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.GroupContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.IndexContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.MemberContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.NameContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.IntValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands after a point or in brackets: parts of values, Math, functions of lists. */
final class JavaScriptMembers {
    private static final BuiltIns MATH =
            new BuiltIns()
                    .add("abs", Operators.ABSOLUTE)
                    .add("sign", Operators.SIGN)
                    .add("trunc", Overload.of("trunc", Operators.TRUNCATE))
                    .add("floor", Overload.of("floor", Operators.FLOOR))
                    .add("ceil", Overload.of("ceil", Operators.CEILING))
                    .add("sqrt", Operators.real("sqrt", Opcode.RSQRT))
                    .add("exp", Operators.real("exp", Opcode.REXP))
                    .add("log", Operators.real("log", Opcode.RLN))
                    .add("sin", Operators.real("sin", Opcode.RSIN))
                    .add("cos", Operators.real("cos", Opcode.RCOS))
                    .add("pow", Overload.of("pow", Operators.POWER_INTEGERS, Operators.POWER_REALS))
                    .addVariadic("min", BuiltIns.folding(BuiltIns.extreme("min", true)))
                    .addVariadic("max", BuiltIns.folding(BuiltIns.extreme("max", false)));

    private static final Map<String, String> MUTATING =
            Map.ofEntries(
                    Map.entry("push", "write [...list, value]"),
                    Map.entry("unshift", "write [value, ...list]"),
                    Map.entry("pop", "write const [first, ...rest] = list"),
                    Map.entry("shift", "write const [first, ...rest] = list"),
                    Map.entry("splice", "write filter and map"),
                    Map.entry("sort", "write list.toSorted((a, b) => a - b)"),
                    Map.entry("reverse", "write list.toReversed()"),
                    Map.entry("fill", "write range(n).map(i => value)"),
                    Map.entry("forEach", "write for (const x of list) { … }"),
                    Map.entry("random", "there is no chance here: use a hash of the message"),
                    Map.entry("round", "write Math.floor(x + 0.5)"),
                    Map.entry("find", "write list.find(f) ?? other, for where there is none"),
                    Map.entry("reduceRight", "write list.toReversed().reduce(…)"));

    private static final Overload LENGTH =
            Overload.of(".length", CollectionOperators.LIST_LENGTH)
                    .advising(
                            "write byteLength(text), which counts bytes where JavaScript counts"
                                    + " UTF-16 units, or size(object)");

    private final JavaScriptExpressions expressions;
    private final JavaScriptLists lists;

    JavaScriptMembers(JavaScriptExpressions expressions) {
        this.expressions = expressions;
        this.lists = new JavaScriptLists(expressions);
    }

    Expression member(MemberContext member, Position at) {
        String name = member.IDENT().getText();
        if (isNamed(member.expression(), "Math")) {
            return switch (name) {
                case "PI" -> Texts.real(Math.PI, at);
                case "E" -> Texts.real(Math.E, at);
                default -> throw notThere("Math." + name, Reading.at(member.IDENT().getSymbol()));
            };
        }
        Expression subject = expressions.expression(member.expression());
        if (name.equals("length")) {
            return new Operator(LENGTH, List.of(subject), at);
        }
        return new Operator(at(name), List.of(subject, Texts.text(name, at)), at);
    }

    private static Overload at(String name) {
        return Overload.of("." + name, CollectionOperators.MAP_GET);
    }

    private static boolean isNamed(ExpressionContext expression, String name) {
        return expression instanceof NameContext found && found.IDENT().getText().equals(name);
    }

    private static RefusedSource notThere(String what, Position at) {
        return new RefusedSource(at, what + " is outside of this subset", "");
    }

    Expression index(IndexContext index, Position at) {
        Expression subject = expressions.expression(index.expression(0));
        Expression position = expressions.position(index.expression(1));
        return new Operator(indexing(position), operands(subject, position), at);
    }

    private static List<Expression> operands(Expression subject, Expression position) {
        return constantIndex(position).isPresent() ? List.of(subject) : List.of(subject, position);
    }

    private static Optional<Integer> constantIndex(Expression position) {
        return position instanceof Literal literal
                        && literal.value() instanceof IntValue integer
                        && integer.isSmall()
                        && integer.longValue() >= 0
                        && integer.longValue() < 255
                ? Optional.of((int) integer.longValue())
                : Optional.empty();
    }

    /** A field, an element or a value at a key: the kinds of both say which. */
    private static Overload indexing(Expression position) {
        Optional<Integer> constant = constantIndex(position);
        if (constant.isPresent()) {
            int index = constant.get();
            return Overload.of(
                            "[" + index + "]",
                            CollectionOperators.elementOrField(index),
                            CollectionOperators.field(index),
                            CollectionOperators.element(index))
                    .advising("a text has no positions here: write byteAt(bytes, i)");
        }
        Variant value =
                Variant.of(List.of(MAP, TEXT), LIST, Opcode.MGET)
                        .givingAny()
                        .flowing(0, Variant.AT_KEY, Variant.RESULT, Variant.WHOLE);
        return Overload.of(
                        "[…]",
                        CollectionOperators.elementOrValue(false),
                        CollectionOperators.NTH,
                        value)
                .advising("a list has integer positions, an object has texts as keys");
    }

    /** {@code a[k] ?? b}: the only place where nothing there is no failure. */
    Expression orElse(ExpressionContext left, Expression right, Position at) {
        ExpressionContext inner = left;
        while (inner instanceof GroupContext group) {
            inner = group.expression();
        }
        if (inner instanceof BinaryContext both && both.op.getText().equals("??")) {
            Expression later = orElse(both.expression(1), right, at);
            return orElse(both.expression(0), later, at);
        }
        if (inner instanceof MemberContext member) {
            Expression map = expressions.expression(member.expression());
            Expression key = Texts.text(member.IDENT().getText(), at);
            return getOr(map, key, right, at);
        }
        if (inner instanceof IndexContext index) {
            Expression map = expressions.expression(index.expression(0));
            Expression key = expressions.expression(index.expression(1));
            return getOr(map, key, right, at);
        }
        if (inner instanceof CallContext call
                && call.expression() instanceof MemberContext found
                && found.IDENT().getText().equals("find")
                && call.arguments().element().size() == 1) {
            return lists.find(found.expression(), call.arguments(), right, at);
        }
        throw new RefusedSource(
                at,
                "'??' stands after a part of an object, or find, only",
                "write object[key] ?? 0");
    }

    private static boolean isShort(Expression expression) {
        return expression instanceof Literal || expression instanceof Expression.Name;
    }

    private static Expression getOr(
            Expression map, Expression key, Expression otherwise, Position at) {
        if (isShort(otherwise)) {
            return new Operator(
                    CollectionOperators.MAP_GET_OR.called("??"), List.of(map, key, otherwise), at);
        }
        if (!(isShort(map) && isShort(key))) {
            return CollectionOperators.getOr(map, key, otherwise, at);
        }
        Expression has = new Operator(CollectionOperators.MAP_HAS, List.of(map, key), at);
        Expression there =
                new Operator(
                        Overload.of("[…]", CollectionOperators.MAP_GET), List.of(map, key), at);
        return new Conditional(has, there, otherwise, at);
    }

    Expression call(CallContext call, Position at) {
        if (call.expression() instanceof NameContext name) {
            List<Expression> arguments = expressions.arguments(call.arguments().element());
            String called = name.IDENT().getText();
            if (called.equals("fail") && arguments.size() == 1) {
                return new Expression.Failure(arguments.get(0), at);
            }
            return new Expression.Invoke(expressions.expression(call.expression()), arguments, at);
        }
        if (!(call.expression() instanceof MemberContext member)) {
            return new Expression.Invoke(
                    expressions.expression(call.expression()),
                    expressions.arguments(call.arguments().element()),
                    at);
        }
        String name = member.IDENT().getText();
        Position where = Reading.at(member.IDENT().getSymbol());
        boolean fresh = member.expression() instanceof ArrayContext && name.equals("sort");
        if (MUTATING.containsKey(name) && !fresh) {
            throw new RefusedSource(where, name + " is outside of this subset", MUTATING.get(name));
        }
        if (isNamed(member.expression(), "Math")) {
            return math(name, call, where);
        }
        return method(member, name, call, where);
    }

    private Expression math(String name, CallContext call, Position at) {
        boolean rounds = name.equals("floor") || name.equals("trunc");
        boolean one = call.arguments().element().size() == 1;
        if (rounds
                && one
                && call.arguments().element(0).expression() instanceof BinaryContext quotient
                && quotient.op.getText().equals("/")) {
            return new Operator(
                    JavaScriptOperators.rounded(name),
                    List.of(
                            expressions.expression(quotient.expression(0)),
                            expressions.expression(quotient.expression(1))),
                    at);
        }
        List<Expression> arguments = expressions.arguments(call.arguments().element());
        return MATH.call(name, arguments, at).orElseThrow(() -> notThere("Math." + name, at));
    }

    private Expression method(MemberContext member, String name, CallContext call, Position at) {
        if (isNamed(member.expression(), "Object") || isNamed(member.expression(), "Array")) {
            throw new RefusedSource(
                    at,
                    name + " is outside of this subset",
                    "write keys(object) or entries(object), which are in order of keys, or"
                            + " \"key\" in object");
        }
        if (isNamed(member.expression(), "console")
                || isNamed(member.expression(), "JSON")
                || isNamed(member.expression(), "Date")) {
            return new Expression.Invoke(
                    expressions.expression(member.expression()), List.of(), at);
        }
        if (JavaScriptLists.has(name)) {
            return lists.method(member.expression(), name, call.arguments(), at);
        }
        Expression list = expressions.expression(member.expression());
        List<Expression> given = expressions.arguments(call.arguments().element());
        String shape = name + "/" + given.size();
        return switch (shape) {
            case "includes/1" -> {
                Overload equal = JavaScriptOperators.binary("===", false, at);
                yield BuiltIns.contains(list, given.get(0), equal, at);
            }
            case "concat/1" ->
                    new Operator(
                            Overload.of("concat", CollectionOperators.JOIN_LISTS),
                            List.of(list, given.get(0)),
                            at);
            case "toReversed/0" -> new Operator(CollectionOperators.REVERSE, List.of(list), at);
            default ->
                    throw new RefusedSource(
                            at,
                            name + " of " + given.size() + " arguments is outside of this subset",
                            "lists have map(f), filter(f), flatMap(f), reduce(f, first), some(f),"
                                    + " every(f), find(f) ?? other, findIndex(f), indexOf(x),"
                                    + " includes(x), concat(list), slice(from, to), at(i),"
                                    + " toSorted(f), toReversed(), join(between) and length");
        };
    }
}
