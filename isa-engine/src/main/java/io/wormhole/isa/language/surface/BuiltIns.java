package io.wormhole.isa.language.surface;

import static io.wormhole.isa.language.core.Kind.INTEGER;
import static io.wormhole.isa.language.core.Kind.REAL;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.Expression.Invoke;
import io.wormhole.isa.language.surface.Expression.Name;
import io.wormhole.isa.language.surface.Expression.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that a language has without defining them, by name. */
public final class BuiltIns {
    private static final int VARIADIC = -1;

    private final Map<String, BuiltIn> byName = new HashMap<>();

    /** What a call means. */
    public interface Meaning {
        /** The expression that it stands for. */
        Expression of(List<Expression> arguments, Position at);
    }

    private record BuiltIn(int arity, Meaning meaning) {}

    /** A function of a fixed number of arguments. */
    public BuiltIns add(String name, int arity, Meaning meaning) {
        byName.put(name, new BuiltIn(arity, meaning));
        return this;
    }

    /** A function of any number of arguments. */
    public BuiltIns addVariadic(String name, Meaning meaning) {
        byName.put(name, new BuiltIn(VARIADIC, meaning));
        return this;
    }

    /** A function that is an operation. */
    public BuiltIns add(String name, Overload operation) {
        Overload named = operation.called(name);
        return add(name, named.arity(), (arguments, at) -> new Operator(named, arguments, at));
    }

    /** What every language has: failing, hashes, signatures, bytes. */
    public BuiltIns addCommon() {
        add("fail", 1, (arguments, at) -> new Expression.Failure(arguments.get(0), at));
        add("sha256", Operators.SHA256);
        add("blake2b", Operators.BLAKE2B);
        add("ed25519", Operators.ED25519);
        add("hex", 1, (arguments, at) -> Texts.hex(arguments.get(0), at));
        add("utf8", 1, (arguments, at) -> Texts.utf8(arguments.get(0), at));
        return addVariadic("concat", BuiltIns::concat);
    }

    /** Tuples, for languages that do not write them. */
    public BuiltIns addTuple() {
        return addVariadic(
                "tuple",
                (arguments, at) ->
                        new Operator(CollectionOperators.tuple(arguments.size()), arguments, at));
    }

    private static Expression concat(List<Expression> arguments, Position at) {
        if (arguments.isEmpty()) {
            throw new RefusedSource(at, "concat of nothing", "write hex(\"\")");
        }
        return Texts.joined(arguments, at);
    }

    /** What a call of {@code name} means, if it is one of these. */
    public Optional<Expression> call(String name, List<Expression> arguments, Position at) {
        BuiltIn found = byName.get(name);
        if (found == null) {
            return Optional.empty();
        }
        if (found.arity() != VARIADIC && found.arity() != arguments.size()) {
            throw new RefusedSource(
                    at,
                    name + " takes " + found.arity() + " arguments, found " + arguments.size(),
                    "");
        }
        return Optional.of(found.meaning().of(arguments, at));
    }

    /** A built-in function as a value: a function that calls it. */
    public Optional<Expression> value(String name, Position at) {
        BuiltIn found = byName.get(name);
        if (found == null || found.arity() == VARIADIC) {
            return Optional.empty();
        }
        List<Pattern> parameters = new ArrayList<>();
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < found.arity(); i++) {
            parameters.add(new Pattern.Named(" " + i, at));
            arguments.add(new Name(" " + i, at));
        }
        Expression call = new Invoke(new Name(name, at), arguments, at);
        Step body = new Step.Return(call, at);
        return Optional.of(new Expression.Function(parameters, List.of(body), at));
    }

    /** The smaller or greater of two; NaN where one is NaN. */
    public static Overload extreme(String name, boolean smaller) {
        Emission over = Emission.of(Opcode.OVER);
        Emission choice = Emission.of(Opcode.IF);
        Emission drop = Emission.of(Opcode.DROP);
        Emission otherwise = Emission.of(Opcode.ELSE);
        Emission slide = Emission.counting(Opcode.SLIDE, 1);
        Emission end = Emission.of(Opcode.END);
        Emission[] integers = {
            over,
            over,
            Emission.of(smaller ? Opcode.LE : Opcode.GE),
            choice,
            drop,
            otherwise,
            slide,
            end
        };
        Emission swap = Emission.of(Opcode.SWAP);
        Emission less = Emission.of(Opcode.RLE);
        List<Emission> reals = new ArrayList<>(List.of(over, over));
        reals.addAll(smaller ? List.of(less) : List.of(swap, less));
        reals.addAll(List.of(choice, drop, otherwise, over, over));
        reals.addAll(smaller ? List.of(swap, less) : List.of(less));
        reals.addAll(List.of(choice, slide, otherwise, Emission.of(Opcode.RADD), end, end));
        return Overload.of(
                name,
                Variant.of(List.of(INTEGER, INTEGER), INTEGER).emitting(integers),
                Variant.of(List.of(REAL, REAL), REAL).emitting(reals.toArray(new Emission[0])));
    }

    /** A function of many arguments as one of two, over and over. */
    public static Meaning folding(Overload two) {
        return (arguments, at) -> {
            if (arguments.size() < 2) {
                throw new RefusedSource(
                        at, two.symbol() + " takes two arguments or more", "fold over the list");
            }
            Expression all = arguments.get(0);
            for (Expression next : arguments.subList(1, arguments.size())) {
                all = new Operator(two, List.of(all, next), at);
            }
            return all;
        };
    }

    /** Whether {@code element} is in {@code list}: a loop that ends where it is found. */
    public static Expression contains(
            Expression list, Expression element, Overload equal, Position at) {
        Expression each = new Name(" each", at);
        Expression wanted = new Name(" wanted", at);
        Step found = new Step.Return(Texts.bool(true, at), at);
        Step test =
                new Step.Choose(
                        new Operator(equal, List.of(each, wanted), at),
                        List.of(found),
                        List.of(),
                        at);
        Step bind = new Step.Bind(new Pattern.Named(" wanted", at), element, at);
        Step loop = new Step.ForEach(new Pattern.Named(" each", at), list, List.of(test), at);
        Step missing = new Step.Return(Texts.bool(false, at), at);
        return new Expression.Block(List.of(bind, loop, missing), at);
    }

    /** Whether {@code function} holds for some element, or for every one. */
    public static Expression anyOrAll(
            Expression list, Expression function, boolean any, Position at) {
        Expression each = new Name(" each", at);
        Expression holds = applied(function, each, at);
        Step stop = new Step.Return(Texts.bool(any, at), at);
        Step test =
                any
                        ? new Step.Choose(holds, List.of(stop), List.of(), at)
                        : new Step.Choose(holds, List.of(), List.of(stop), at);
        Step loop = new Step.ForEach(new Pattern.Named(" each", at), list, List.of(test), at);
        Step otherwise = new Step.Return(Texts.bool(!any, at), at);
        return new Expression.Block(List.of(loop, otherwise), at);
    }

    private static Expression applied(Expression function, Expression argument, Position at) {
        if (function instanceof Expression.Function literal && literal.parameters().size() == 1) {
            Step bind = new Step.Bind(literal.parameters().get(0), argument, at);
            List<Step> steps = new ArrayList<>(List.of(bind));
            steps.addAll(literal.body());
            return new Expression.Block(steps, at);
        }
        return new Invoke(function, List.of(argument), at);
    }

    /** A map with all that {@code from} has. */
    public static Expression merged(Expression into, Expression from, Position at) {
        Expression entries = new Operator(CollectionOperators.MAP_ENTRIES, List.of(from), at);
        Pattern key = new Pattern.Named(" key", at);
        Pattern value = new Pattern.Named(" value", at);
        List<Pattern> parameters =
                List.of(
                        new Pattern.Named(" map", at),
                        new Pattern.TupleOf(List.of(key, value), at));
        List<Expression> given =
                List.of(new Name(" map", at), new Name(" key", at), new Name(" value", at));
        Expression put = new Operator(CollectionOperators.MAP_PUT, given, at);
        List<Step> body = List.of(new Step.Return(put, at));
        Expression function = new Expression.Function(parameters, body, at);
        return new Expression.Fold(entries, into, function, false, at);
    }

    /** The sum of a list of numbers. */
    public static Expression sum(Expression list, Expression initial, Overload add, Position at) {
        Expression sum =
                new Operator(add, List.of(new Name(" sum", at), new Name(" next", at)), at);
        List<Pattern> parameters =
                List.of(new Pattern.Named(" sum", at), new Pattern.Named(" next", at));
        List<Step> body = List.of(new Step.Return(sum, at));
        Expression function = new Expression.Function(parameters, body, at);
        return new Expression.Fold(list, initial, function, false, at);
    }
}
