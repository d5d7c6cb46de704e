package io.wormhole.isa.language.python;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Each;
import io.wormhole.isa.language.surface.Expression.Filter;
import io.wormhole.isa.language.surface.Expression.Labelled;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Habit;
import io.wormhole.isa.language.surface.ListOrder;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.ListWalks;
import io.wormhole.isa.language.surface.NameReach;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names that a Python program may use without defining them. */
final class PythonNames implements Dialect {
    private static final Set<Habit> HABITS =
            Set.of(
                    Habit.ASSIGNMENT_DECLARES,
                    Habit.LOOP_VARIABLE_IS_ONE,
                    Habit.SEQUENCES_ARE_ONE,
                    Habit.NUMBERS_ARE_ONE,
                    Habit.LOCAL_FUNCTIONS_KNOW_EACH_OTHER);
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("print", "return what you want to see: there is no output"),
                    Map.entry("input", "pass what the function needs as an argument"),
                    Map.entry("open", "pass what the function needs as an argument"),
                    Map.entry("eval", "write the code itself"),
                    Map.entry("exec", "write the code itself"),
                    Map.entry("random", "there is no chance here: use a hash of the message"),
                    Map.entry("time", "use the height in the message: there is no clock"),
                    Map.entry("datetime", "use the height in the message: there is no clock"),
                    Map.entry("isinstance", "match on the form of the value"),
                    Map.entry("type", "match on the form of the value"),
                    Map.entry("round", "write math.floor(x + 0.5)"),
                    Map.entry("dict", "write {key: value}"),
                    Map.entry("set", "write a list, or a dict with True at its keys"),
                    Map.entry("divmod", "write (a // b, a % b)"),
                    Map.entry("hashlib", "write sha256(data)"),
                    Map.entry("Exception", "write fail(reason)"),
                    Map.entry("bool", "write a comparison"));

    private static final BuiltIns CALLS = calls();

    private static BuiltIns calls() {
        return new BuiltIns()
                .addCommon()
                .add("len", PythonOperators.LENGTH)
                .add("abs", Operators.ABSOLUTE)
                .add("int", Overload.of("int", Operators.TRUNCATE))
                .add("float", Overload.of("float", Operators.TO_REAL))
                .add("str", Overload.of("str", Operators.DECIMAL))
                .add("pow", Overload.of("pow", Operators.POWER_INTEGERS, Operators.POWER_REALS))
                .add("byte_length", Operators.BYTE_LENGTH)
                .add("idiv", Overload.of("idiv", Operators.QUOTIENT))
                .add("irem", Overload.of("irem", Operators.REMAINDER))
                .add("remove", CollectionOperators.MAP_REMOVE)
                .add("list", 1, (arguments, at) -> list(arguments.get(0), at))
                .add("map", 2, (arguments, at) -> new Each(arguments.get(1), arguments.get(0), at))
                .add(
                        "filter",
                        2,
                        (arguments, at) -> new Filter(arguments.get(1), arguments.get(0), at))
                .add("reversed", CollectionOperators.REVERSE)
                .addVariadic("min", (given, at) -> extreme(given, true, at))
                .addVariadic("max", (given, at) -> extreme(given, false, at))
                .addVariadic("zip", PythonNames::zipped)
                .addVariadic("enumerate", PythonNames::enumerated)
                .add(
                        "sorted",
                        1,
                        (given, at) ->
                                ListOrder.sorted(given.get(0), PythonOperators.BEFORE, false, at))
                .addVariadic("sum", PythonNames::sum)
                .addVariadic("reduce", PythonNames::reduce)
                .addVariadic("range", PythonNames::range);
    }

    /** A list of what is a list already. */
    private static Expression list(Expression walked, Position at) {
        boolean made = walked instanceof Each || walked instanceof Filter;
        if (made || walked instanceof Expression.Range) {
            return walked;
        }
        Variant same =
                Variant.of(List.of(Kind.LIST), Kind.LIST, Opcode.DUP, Opcode.EMPTY, Opcode.DROP)
                        .flowing(0, Variant.ELEMENT, Variant.RESULT, Variant.ELEMENT);
        return new Operator(Overload.of("list", same), List.of(walked), at);
    }

    private static Expression extreme(List<Expression> given, boolean least, Position at) {
        String name = least ? "min" : "max";
        return given.size() == 1
                ? ListOrder.extreme(given.get(0), PythonOperators.BEFORE.called(name), !least, at)
                : BuiltIns.folding(BuiltIns.extreme(name, least)).of(given, at);
    }

    private static Expression zipped(List<Expression> given, Position at) {
        if (given.isEmpty()) {
            throw new RefusedSource(at, "zip of nothing", "write zip(xs, ys)");
        }
        return ListParts.zipped(given, at);
    }

    private static Expression enumerated(List<Expression> given, Position at) {
        if (given.isEmpty() || given.size() > 2) {
            throw new RefusedSource(at, "enumerate takes a list, and where to begin", "");
        }
        if (given.size() == 1) {
            return ListWalks.enumerated(given.get(0), Texts.integer("0", false, at), at);
        }
        boolean named = given.get(1) instanceof Labelled start && start.name().equals("start");
        Expression first = named ? ((Labelled) given.get(1)).value() : given.get(1);
        return ListWalks.enumerated(given.get(0), first, at);
    }

    private static Expression sum(List<Expression> arguments, Position at) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new RefusedSource(at, "sum takes a list, and what to begin with", "");
        }
        Expression first = arguments.size() == 2 ? arguments.get(1) : Texts.integer("0", false, at);
        Overload add = PythonOperators.binary("+", at);
        return BuiltIns.sum(arguments.get(0), first, add, at);
    }

    private static Expression reduce(List<Expression> arguments, Position at) {
        if (arguments.size() != 3) {
            throw new RefusedSource(
                    at, "reduce takes a function, a list and what to begin with", "");
        }
        return new Expression.Fold(arguments.get(1), arguments.get(2), arguments.get(0), false, at);
    }

    private static Expression range(List<Expression> arguments, Position at) {
        return switch (arguments.size()) {
            case 1 -> new Expression.Range(Texts.integer("0", false, at), arguments.get(0), at);
            case 2 -> new Expression.Range(arguments.get(0), arguments.get(1), at);
            default ->
                    throw new RefusedSource(
                            at, "a range goes by steps of one", "write range(a, b), and multiply");
        };
    }

    /** {@code sorted(m)}, {@code sorted(m.keys())}, {@code sorted(m.items())}. */
    static Expression sorted(Expression map, boolean entries, Position at) {
        Overload overload =
                entries ? CollectionOperators.MAP_ENTRIES : CollectionOperators.MAP_KEYS;
        return new Operator(overload.called("sorted"), List.of(map), at);
    }

    @Override
    public Set<Habit> habits() {
        return HABITS;
    }

    @Override
    public NameReach reach() {
        return NameReach.FUNCTION;
    }

    @Override
    public String failing() {
        return "fail";
    }

    @Override
    public String insteadOfOuterAssignment() {
        return "return the new value";
    }

    @Override
    public Optional<Expression> call(String name, List<Expression> arguments, Position at) {
        if (name.equals("tuple")) {
            throw new RefusedSource(at, "tuple() of a list", "write (a, b, c)");
        }
        return CALLS.call(name, arguments, at);
    }

    @Override
    public Optional<Expression> value(String name, Position at) {
        return CALLS.value(name, at);
    }

    @Override
    public String insteadOf(String name) {
        return REFUSED.getOrDefault(name, "");
    }
}
