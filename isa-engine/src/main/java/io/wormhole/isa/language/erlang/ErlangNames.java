package io.wormhole.isa.language.erlang;

import static io.wormhole.isa.language.core.Kind.BYTES;
import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.REAL;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
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
import io.wormhole.isa.language.surface.Expression.Fold;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Habit;
import io.wormhole.isa.language.surface.NameReach;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functions that an Erlang program may call without defining them. */
final class ErlangNames implements Dialect {
    private static final Set<Habit> HABITS = Set.of(Habit.PATTERNS_COMPARE_NAMES);
    private static final String NO_PROCESSES = "there are no processes here: return the value";
    private static final String NO_CLOCK = "use the height in the message: there is no clock";

    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("spawn", NO_PROCESSES),
                    Map.entry("self", NO_PROCESSES),
                    Map.entry("send", NO_PROCESSES),
                    Map.entry("throw", "write error(Reason)"),
                    Map.entry("exit", "write error(Reason)"),
                    Map.entry("put", "pass what the function needs as an argument"),
                    Map.entry("get", "pass what the function needs as an argument"),
                    Map.entry("now", NO_CLOCK),
                    Map.entry("date", NO_CLOCK),
                    Map.entry("time", NO_CLOCK),
                    Map.entry("round", "write trunc(X + 0.5), or what you mean"),
                    Map.entry("size", "write tuple_size(T) or byte_size(B)"),
                    Map.entry("is_atom", "compare with the atoms that may come"),
                    Map.entry("integer_to_list", "write integer_to_binary(N)"),
                    Map.entry("list_to_binary", "write <<\"text\">>"),
                    Map.entry("apply", "call the function"));

    private static final Map<String, String> REFUSED_MODULES =
            Map.of(
                    "io", "return what you want to see: there is no output",
                    "rand", "there is no chance here: use a hash of the message",
                    "random", "there is no chance here: use a hash of the message",
                    "os", "pass what the function needs as an argument",
                    "file", "pass what the function needs as an argument",
                    "ets", "pass what the function needs as an argument",
                    "gen_server", NO_PROCESSES,
                    "timer", NO_CLOCK,
                    "calendar", NO_CLOCK);

    /** Functions of several arities. */
    private static final Set<String> BY_ARITY =
            Set.of("maps:get", "lists:sort", "lists:sublist", "lists:enumerate");

    private static final BuiltIns LOCAL = local();
    private static final BuiltIns REMOTE = remote();

    private static BuiltIns local() {
        return new BuiltIns()
                .addCommon()
                .add("error", 1, (arguments, at) -> new Expression.Failure(arguments.get(0), at))
                .add("abs", Operators.ABSOLUTE)
                .add("length", Overload.of("length", CollectionOperators.LIST_LENGTH))
                .add("hd", CollectionOperators.HEAD)
                .add("tl", CollectionOperators.TAIL)
                .add("tuple_size", Overload.of("tuple_size", CollectionOperators.TUPLE_SIZE))
                .add("map_size", Overload.of("map_size", CollectionOperators.MAP_SIZE))
                .add("byte_size", Overload.of("byte_size", Operators.BYTES_LENGTH))
                .add("float", Overload.of("float", Operators.TO_REAL))
                .add("trunc", Overload.of("trunc", Operators.TRUNCATE))
                .add("floor", Overload.of("floor", Operators.FLOOR))
                .add("ceil", Overload.of("ceil", Operators.CEILING))
                .add("min", BuiltIns.extreme("min", true))
                .add("max", BuiltIns.extreme("max", false))
                .add("integer_to_binary", decimal())
                .add("binary_part", part("binary_part"))
                .add("element", 2, ErlangNames::element)
                .add("setelement", 3, ErlangNames::setElement)
                .add("is_integer", ErlangOperators.is("is_integer", ValueType.INTEGER))
                .add("is_float", ErlangOperators.is("is_float", ValueType.REAL))
                .add("is_boolean", ErlangOperators.is("is_boolean", ValueType.BOOLEAN))
                .add("is_tuple", ErlangOperators.is("is_tuple", ValueType.TUPLE))
                .add("is_list", ErlangOperators.is("is_list", ValueType.LIST))
                .add("is_map", ErlangOperators.is("is_map", ValueType.MAP));
    }

    private static Overload decimal() {
        return Overload.of("integer_to_binary", Variant.of(List.of(INTEGER), BYTES, Opcode.BDEC));
    }

    /** Of bytes, position and length: position, and position and length, for the slice. */
    private static Overload part(String name) {
        Variant variant =
                Variant.of(List.of(BYTES, INTEGER, INTEGER), BYTES)
                        .emitting(
                                Emission.of(Opcode.OVER),
                                Emission.of(Opcode.ADD),
                                Emission.of(Opcode.BSLICE));
        return Overload.of(name, variant);
    }

    private static BuiltIns remote() {
        BuiltIns all = new BuiltIns();
        addLists(all);
        ErlangLists.addTo(all);
        addMaps(all);
        return all.add("binary:part", part("binary:part"))
                .add("binary:at", Operators.BYTE_AT)
                .add("binary:decode_unsigned", Operators.FROM_BYTES)
                .add("math:pi", 0, (arguments, at) -> Texts.real(Math.PI, at))
                .add("math:sqrt", Operators.real("sqrt", Opcode.RSQRT))
                .add("math:exp", Operators.real("exp", Opcode.REXP))
                .add("math:log", Operators.real("log", Opcode.RLN))
                .add("math:sin", Operators.real("sin", Opcode.RSIN))
                .add("math:cos", Operators.real("cos", Opcode.RCOS))
                .add("math:floor", Overload.of("floor", Operators.unary(REAL, Opcode.RFLOOR)))
                .add("math:ceil", Overload.of("ceil", Operators.unary(REAL, Opcode.RCEIL)))
                .add("math:pow", Overload.of("pow", Operators.POWER_REALS))
                .add("crypto:hash", 2, ErlangNames::hash);
    }

    private static void addLists(BuiltIns all) {
        Overload equal = ErlangOperators.binary("=:=", Position.START);
        Overload add = ErlangOperators.binary("+", Position.START);
        all.add("lists:map", 2, (given, at) -> new Each(given.get(1), given.get(0), at))
                .add("lists:filter", 2, (given, at) -> new Filter(given.get(1), given.get(0), at))
                .add(
                        "lists:foldl",
                        3,
                        (given, at) -> new Fold(given.get(2), given.get(1), given.get(0), true, at))
                .add(
                        "lists:foldr",
                        3,
                        (given, at) ->
                                new Fold(
                                        new Operator(
                                                CollectionOperators.REVERSE,
                                                List.of(given.get(2)),
                                                at),
                                        given.get(1),
                                        given.get(0),
                                        true,
                                        at))
                .add("lists:reverse", CollectionOperators.REVERSE)
                .add("lists:append", Overload.of("append", CollectionOperators.JOIN_LISTS))
                .add("lists:seq", 2, ErlangNames::sequence)
                .add("lists:nth", nth())
                .add(
                        "lists:sum",
                        1,
                        (given, at) ->
                                BuiltIns.sum(given.get(0), Texts.integer("0", false, at), add, at))
                .add(
                        "lists:member",
                        2,
                        (given, at) -> BuiltIns.contains(given.get(1), given.get(0), equal, at))
                .add(
                        "lists:any",
                        2,
                        (given, at) -> BuiltIns.anyOrAll(given.get(1), given.get(0), true, at))
                .add(
                        "lists:all",
                        2,
                        (given, at) -> BuiltIns.anyOrAll(given.get(1), given.get(0), false, at));
    }

    private static Overload nth() {
        Variant variant =
                Variant.of(List.of(INTEGER, Kind.LIST), Kind.LIST)
                        .givingAny()
                        .emitting(
                                Emission.of(Opcode.SWAP),
                                Emission.push(Value.of(1)),
                                Emission.of(Opcode.SUB),
                                Emission.of(Opcode.LNTH))
                        .flowing(1, Variant.ELEMENT, Variant.RESULT, Variant.WHOLE);
        return Overload.of("nth", variant);
    }

    private static void addMaps(BuiltIns all) {
        all.add("maps:new", 0, (given, at) -> new Literal(MapValue.EMPTY, Kind.MAP, false, at))
                .add("maps:size", Overload.of("size", CollectionOperators.MAP_SIZE))
                .add(
                        "maps:get/2",
                        2,
                        (given, at) ->
                                new Operator(
                                        Overload.of("maps:get", CollectionOperators.MAP_GET),
                                        List.of(given.get(1), given.get(0)),
                                        at))
                .add(
                        "maps:get/3",
                        3,
                        (given, at) ->
                                new Operator(
                                        CollectionOperators.MAP_GET_OR,
                                        List.of(given.get(1), given.get(0), given.get(2)),
                                        at))
                .add(
                        "maps:put",
                        3,
                        (given, at) ->
                                new Operator(
                                        CollectionOperators.MAP_PUT,
                                        List.of(given.get(2), given.get(0), given.get(1)),
                                        at))
                .add(
                        "maps:merge",
                        2,
                        (given, at) -> BuiltIns.merged(given.get(0), given.get(1), at))
                .add(
                        "maps:remove",
                        2,
                        (given, at) ->
                                new Operator(
                                        CollectionOperators.MAP_REMOVE,
                                        List.of(given.get(1), given.get(0)),
                                        at))
                .add(
                        "maps:is_key",
                        2,
                        (given, at) ->
                                new Operator(
                                        CollectionOperators.MAP_HAS,
                                        List.of(given.get(1), given.get(0)),
                                        at));
    }

    private static Expression sequence(List<Expression> given, Position at) {
        Expression last = given.get(1);
        Expression one = Texts.integer("1", false, at);
        Expression end =
                last instanceof Literal literal && literal.value() instanceof IntValue integer
                        ? new Literal(
                                Value.of(integer.bigValue().add(BigInteger.ONE)),
                                Kind.INTEGER,
                                false,
                                at)
                        : new Operator(
                                Overload.of("+", Operators.ADD_INTEGERS), List.of(last, one), at);
        return new Expression.Range(given.get(0), end, at);
    }

    static int position(Expression index) {
        if (index instanceof Literal literal
                && literal.value() instanceof IntValue integer
                && integer.isSmall()
                && integer.longValue() >= 1
                && integer.longValue() <= 255) {
            return (int) integer.longValue() - 1;
        }
        throw new RefusedSource(
                index.at(),
                "the position in a tuple is not written here",
                "write a number from 1 to 255, or use a list and lists:nth");
    }

    private static Expression element(List<Expression> given, Position at) {
        int index = position(given.get(0));
        Overload field = Overload.of("element", CollectionOperators.field(index));
        return new Operator(field, List.of(given.get(1)), at);
    }

    private static Expression setElement(List<Expression> given, Position at) {
        int index = position(given.get(0));
        return new Operator(
                CollectionOperators.withField(index).called("setelement"),
                List.of(given.get(1), given.get(2)),
                at);
    }

    private static Expression hash(List<Expression> given, Position at) {
        boolean sha256 =
                given.get(0) instanceof Literal name && name.value().equals(Value.text("sha256"));
        if (!sha256) {
            throw new RefusedSource(at, "another hash than sha256", "write sha256 or blake2b(B)");
        }
        return new Operator(Operators.SHA256, List.of(given.get(1)), at);
    }

    /** What a call of a function of another module means. */
    static Expression remoteCall(
            String module, String name, List<Expression> arguments, Position at) {
        String instead = REFUSED_MODULES.get(module);
        if (instead != null) {
            throw new RefusedSource(at, module + ":" + name + " is outside", instead);
        }
        if (module.equals("erlang")) {
            return new Expression.Invoke(new Expression.Name(name, at), arguments, at);
        }
        String full = module + ":" + name;
        String key = BY_ARITY.contains(full) ? full + "/" + arguments.size() : full;
        return REMOTE.call(key, arguments, at)
                .orElseThrow(
                        () ->
                                new RefusedSource(
                                        at,
                                        full + " is outside of this subset",
                                        ErlangAdvice.insteadOf(full)));
    }

    @Override
    public Set<Habit> habits() {
        return HABITS;
    }

    @Override
    public NameReach reach() {
        return NameReach.ONWARD;
    }

    @Override
    public String failing() {
        return "error";
    }

    @Override
    public String insteadOfOuterAssignment() {
        return "return the new value";
    }

    @Override
    public Optional<Expression> call(String name, List<Expression> arguments, Position at) {
        return LOCAL.call(name, arguments, at);
    }

    @Override
    public Optional<Expression> value(String name, Position at) {
        return LOCAL.value(name, at);
    }

    @Override
    public String insteadOf(String name) {
        return REFUSED.getOrDefault(name, "");
    }
}
