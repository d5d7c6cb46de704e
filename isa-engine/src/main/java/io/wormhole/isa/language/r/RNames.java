package io.wormhole.isa.language.r;

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
import io.wormhole.isa.language.surface.Comparisons;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Each;
import io.wormhole.isa.language.surface.Expression.Filter;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Habit;
import io.wormhole.isa.language.surface.ListParts;
import io.wormhole.isa.language.surface.NameReach;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.MapValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functions that an R program may call without defining them. */
final class RNames implements Dialect {
    private static final Set<Habit> HABITS =
            Set.of(
                    Habit.ASSIGNMENT_DECLARES,
                    Habit.LOOP_VARIABLE_IS_ONE,
                    Habit.LOCAL_FUNCTIONS_KNOW_EACH_OTHER);
    private static final String NO_OUTPUT = "return what you want to see: there is no output";
    private static final String NO_CHANCE = "there is no chance here: use a hash of the message";
    private static final String TESTED = "test before, and call stop(reason) where nothing fits";

    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("print", NO_OUTPUT),
                    Map.entry("cat", NO_OUTPUT),
                    Map.entry("message", NO_OUTPUT),
                    Map.entry("runif", NO_CHANCE),
                    Map.entry("rnorm", NO_CHANCE),
                    Map.entry("sample", NO_CHANCE),
                    Map.entry("set.seed", NO_CHANCE),
                    Map.entry("tryCatch", TESTED),
                    Map.entry("try", TESTED),
                    Map.entry("warning", TESTED),
                    Map.entry("stopifnot", "write if (!condition) stop(reason)"),
                    Map.entry("Sys.time", "use the height in the message: there is no clock"),
                    Map.entry("Sys.Date", "use the height in the message: there is no clock"),
                    Map.entry("eval", "write the code itself"),
                    Map.entry("parse", "write the code itself"),
                    Map.entry("library", "keep what the contract needs in this file"),
                    Map.entry("require", "keep what the contract needs in this file"),
                    Map.entry("source", "keep what the contract needs in this file"),
                    Map.entry("assign", "write name <- value"),
                    Map.entry("sapply", "write vapply(list, f, integer(1)), or lapply(list, f)"),
                    Map.entry("seq", "write seq_len(n)"),
                    Map.entry("paste", "write paste0(a, \" \", b)"),
                    Map.entry("round", "write floor(x + 0.5), or what you mean"),
                    Map.entry("trunc", "write as.integer(x)"),
                    Map.entry("names", "write keys(m), which are in order"),
                    Map.entry("any", "write Reduce(function(a, x) a || test(x), xs, FALSE)"),
                    Map.entry("all", "write Reduce(function(a, x) a && test(x), xs, TRUE)"),
                    Map.entry("xor", "write a != b"),
                    Map.entry("ifelse", "write if (condition) a else b"),
                    Map.entry("bitwAnd", "write %/% and %% by powers of two"),
                    Map.entry("bitwOr", "write %/% and %% by powers of two"),
                    Map.entry("do.call", "call the function, or Reduce over the list"),
                    Map.entry("invisible", "write the value itself"),
                    Map.entry("setClass", "write functions and lists"),
                    Map.entry("new", "write functions and lists"),
                    Map.entry("as.raw", "write hex(\"00ff\")"),
                    Map.entry("is.null", "write has(m, \"name\")"));

    private static final BuiltIns CALLS = calls();

    private static BuiltIns calls() {
        Overload add = ROperators.binary("+", Position.START);
        Overload real = Overload.of("as.numeric", Operators.TO_REAL);
        BuiltIns all = new BuiltIns().addCommon().addTuple();
        addNumbers(all, real);
        addMaps(all);
        RLists.addTo(all);
        return all.add("stop", 1, (given, at) -> new Expression.Failure(given.get(0), at))
                .add(
                        "length",
                        Overload.of(
                                "length",
                                CollectionOperators.anyLength(),
                                CollectionOperators.LIST_LENGTH,
                                CollectionOperators.MAP_SIZE,
                                CollectionOperators.TUPLE_SIZE))
                .add("identical", Comparisons.SAME)
                .add("lapply", 2, (given, at) -> new Each(given.get(0), given.get(1), at))
                .add("Filter", 2, (given, at) -> new Filter(given.get(1), given.get(0), at))
                .add("append", Overload.of("append", CollectionOperators.JOIN_LISTS))
                .add("reverse", CollectionOperators.REVERSE)
                .add("head_of", CollectionOperators.HEAD)
                .add("tail_of", CollectionOperators.TAIL)
                .add("seq_len", 1, RNames::sequence)
                .add("charToRaw", 1, (given, at) -> Texts.utf8(given.get(0), at))
                .add("to_bytes", Operators.TO_BYTES)
                .add("from_bytes", Operators.FROM_BYTES)
                .add("byte_at", Operators.BYTE_AT)
                .add("slice", Operators.SLICE_BYTES)
                .addVariadic("nchar", RNames::length)
                .addVariadic("paste0", RNames::paste)
                .addVariadic("sum", (given, at) -> sum(given, add, at));
    }

    private static void addNumbers(BuiltIns all, Overload real) {
        all.add("as.integer", Overload.of("as.integer", Operators.TRUNCATE))
                .add("as.numeric", real)
                .add("as.double", real)
                .add("as.character", Overload.of("as.character", Operators.DECIMAL))
                .add("idiv", Overload.of("idiv", Operators.QUOTIENT))
                .add("irem", Overload.of("irem", Operators.REMAINDER))
                .add("ipow", Overload.of("ipow", Operators.POWER_INTEGERS))
                .add("abs", Operators.ABSOLUTE)
                .add("floor", Overload.of("floor", Operators.unary(REAL, Opcode.RFLOOR)))
                .add("ceiling", Overload.of("ceiling", Operators.unary(REAL, Opcode.RCEIL)))
                .add("sqrt", Operators.real("sqrt", Opcode.RSQRT))
                .add("exp", Operators.real("exp", Opcode.REXP))
                .add("log", Operators.real("log", Opcode.RLN))
                .add("sin", Operators.real("sin", Opcode.RSIN))
                .add("cos", Operators.real("cos", Opcode.RCOS))
                .addVariadic("min", (given, at) -> RLists.extreme(given, true, at))
                .addVariadic("max", (given, at) -> RLists.extreme(given, false, at));
    }

    private static void addMaps(BuiltIns all) {
        all.add("map", 0, (given, at) -> new Literal(MapValue.EMPTY, Kind.MAP, false, at))
                .add("has", CollectionOperators.MAP_HAS)
                .add("get_or", CollectionOperators.MAP_GET_OR)
                .add("put", CollectionOperators.MAP_PUT)
                .add("without", CollectionOperators.MAP_REMOVE)
                .add("keys", CollectionOperators.MAP_KEYS)
                .add("entries", CollectionOperators.MAP_ENTRIES);
    }

    private static Expression sequence(List<Expression> given, Position at) {
        Expression one = Texts.integer("1", false, at);
        Overload add = Overload.of("+", Operators.ADD_INTEGERS);
        Expression end = new Operator(add, List.of(given.get(0), one), at);
        return new Expression.Range(one, end, at);
    }

    private static Expression length(List<Expression> given, Position at) {
        boolean bytes =
                given.size() == 2
                        && given.get(1) instanceof Literal type
                        && type.value().toString().equals("\"bytes\"");
        if (!bytes) {
            throw new RefusedSource(
                    at, "nchar counts characters", "write nchar(x, \"bytes\"), which counts bytes");
        }
        return new Operator(Operators.BYTE_LENGTH.called("nchar"), List.of(given.get(0)), at);
    }

    private static Expression paste(List<Expression> given, Position at) {
        if (given.isEmpty()) {
            return Texts.text("", at);
        }
        // Where nothing is known, a text is meant.
        Overload text =
                Overload.of("paste0", Variant.of(List.of(TEXT), TEXT), Operators.DECIMAL)
                        .advising("it joins texts and integers: write what a reader should see");
        List<Expression> parts =
                given.stream()
                        .<Expression>map(
                                each ->
                                        each instanceof Literal literal && literal.kind() == TEXT
                                                ? each
                                                : new Operator(text, List.of(each), at))
                        .toList();
        return ListParts.joined(parts, "paste0", at);
    }

    private static Expression sum(List<Expression> given, Overload add, Position at) {
        if (given.size() != 1) {
            throw new RefusedSource(at, "sum takes a list here", "write a + b");
        }
        return BuiltIns.sum(given.get(0), Texts.integer("0", false, at), add, at);
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
        return "stop";
    }

    @Override
    public String insteadOfOuterAssignment() {
        return "return the new value";
    }

    @Override
    public Optional<Expression> call(String name, List<Expression> arguments, Position at) {
        return name.equals("fail") ? Optional.empty() : CALLS.call(name, arguments, at);
    }

    @Override
    public Optional<Expression> value(String name, Position at) {
        return switch (name) {
            case "pi" -> Optional.of(Texts.real(Math.PI, at));
            case "Inf" -> Optional.of(Texts.real(Double.POSITIVE_INFINITY, at));
            case "NaN" -> Optional.of(Texts.real(Double.NaN, at));
            default -> CALLS.value(name, at);
        };
    }

    @Override
    public String insteadOf(String name) {
        return REFUSED.getOrDefault(name, "");
    }
}
