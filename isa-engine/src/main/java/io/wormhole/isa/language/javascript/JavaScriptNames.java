package io.wormhole.isa.language.javascript;

import static io.wormhole.isa.language.core.Kind.INTEGER;

import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.BuiltIns;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Comparisons;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Habit;
import io.wormhole.isa.language.surface.NameReach;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names that a JavaScript program may use without defining them. */
final class JavaScriptNames implements Dialect {
    private static final Set<Habit> HABITS =
            Set.of(Habit.NUMBERS_ARE_ONE, Habit.LOCAL_FUNCTIONS_KNOW_EACH_OTHER);
    private static final Map<String, String> REFUSED =
            Map.ofEntries(
                    Map.entry("console", "return what you want to see: there is no output"),
                    Map.entry("Date", "use the height in the message: there is no clock"),
                    Map.entry("Promise", "use the value itself: nothing here takes time"),
                    Map.entry("setTimeout", "nothing here takes time"),
                    Map.entry("require", "keep what the contract needs in this file"),
                    Map.entry("process", "pass what the function needs as an argument"),
                    Map.entry("globalThis", "pass what the function needs as an argument"),
                    Map.entry("window", "pass what the function needs as an argument"),
                    Map.entry("fetch", "pass what the function needs as an argument"),
                    Map.entry("JSON", "messages arrive as values: there is nothing to parse"),
                    Map.entry("Map", "write an object, { key: value }"),
                    Map.entry("Set", "write a list, or an object with true at its keys"),
                    Map.entry("Symbol", "write a text"),
                    Map.entry("RegExp", "compare byte by byte"),
                    Map.entry("Error", "write fail(reason)"),
                    Map.entry("Array", "write a list, [a, b], or range(n)"),
                    Map.entry("Object", "write keys(object), entries(object), \"key\" in object"),
                    Map.entry("parseInt", "pass integers in"),
                    Map.entry("parseFloat", "pass reals in"),
                    Map.entry("Uint8Array", "write hex(\"00ff\")"),
                    Map.entry("crypto", "write sha256(bytes) or ed25519(key, message, signature)"));

    private static final BuiltIns CALLS = calls();

    private static BuiltIns calls() {
        Overload real = Overload.of("Number", Operators.TO_REAL);
        Overload integer = Overload.of("BigInt", Variant.of(List.of(INTEGER), INTEGER));
        return new BuiltIns()
                .addCommon()
                .addTuple()
                .add("real", real)
                .add("Number", real)
                .add("BigInt", integer)
                .add("String", Overload.of("String", Operators.DECIMAL))
                .add("idiv", Overload.of("idiv", Operators.QUOTIENT))
                .add("equal", Comparisons.SAME)
                .add("toBytes", Operators.TO_BYTES)
                .add("fromBytes", Operators.FROM_BYTES)
                .add("byteLength", Operators.BYTE_LENGTH)
                .add("byteAt", Operators.BYTE_AT)
                .add("slice", Operators.SLICE_BYTES)
                .add("get", CollectionOperators.MAP_GET_OR)
                .add("has", CollectionOperators.MAP_HAS)
                .add("put", CollectionOperators.MAP_PUT)
                .add("remove", CollectionOperators.MAP_REMOVE)
                .add("keys", CollectionOperators.MAP_KEYS)
                .add("entries", CollectionOperators.MAP_ENTRIES)
                .add("size", Overload.of("size", CollectionOperators.MAP_SIZE))
                .addVariadic("range", JavaScriptNames::range);
    }

    private static Expression range(List<Expression> arguments, Position at) {
        if (arguments.size() == 1) {
            Expression zero = Texts.integer("0", false, at);
            return new Expression.Range(zero, arguments.get(0), at);
        }
        if (arguments.size() == 2) {
            return new Expression.Range(arguments.get(0), arguments.get(1), at);
        }
        throw new RefusedSource(
                at, "range takes an end, or a start and an end", "write range(n) or range(a, b)");
    }

    @Override
    public Set<Habit> habits() {
        return HABITS;
    }

    @Override
    public NameReach reach() {
        return NameReach.BLOCK;
    }

    @Override
    public String failing() {
        return "fail";
    }

    @Override
    public String insteadOfOuterAssignment() {
        return "return the new value, or use list.reduce((sum, x) => …, 0)";
    }

    @Override
    public Optional<Expression> call(String name, List<Expression> arguments, Position at) {
        return CALLS.call(name, arguments, at);
    }

    @Override
    public Optional<Expression> value(String name, Position at) {
        return switch (name) {
            case "NaN" -> Optional.of(Texts.real(Double.NaN, at));
            case "Infinity" -> Optional.of(Texts.real(Double.POSITIVE_INFINITY, at));
            default -> CALLS.value(name, at);
        };
    }

    @Override
    public String insteadOf(String name) {
        return REFUSED.getOrDefault(name, "");
    }
}
