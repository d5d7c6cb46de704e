package io.wormhole.isa.language.surface;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.language.core.CoreFunction;
import io.wormhole.isa.language.core.Emission;
import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.core.Variant;
import io.wormhole.isa.language.surface.Expression.Made;
import io.wormhole.isa.language.surface.Expression.Name;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a {@link Recipe} works with: operands that are computed, functions of the program, and terms
 * to put together. Variables and functions that it makes have no name that a program could mean.
 */
public final class Parts {
    private static final Overload LESS =
            Overload.of(
                    "<", Variant.of(List.of(Kind.INTEGER, Kind.INTEGER), Kind.BOOLEAN, Opcode.LT));
    private static final Overload LENGTH = Overload.of("length", CollectionOperators.LIST_LENGTH);

    private final Lowering lowering;
    private final Scope scope;
    private final Made made;
    private final List<Term> operands = new ArrayList<>();
    private final List<Term> functions = new ArrayList<>();

    private Parts(Made made, Scope scope, Lowering lowering) {
        this.made = made;
        this.scope = scope;
        this.lowering = lowering;
    }

    static Term lower(Made made, Scope scope, Lowering lowering) {
        return new Parts(made, scope, lowering).lower();
    }

    private Term lower() {
        List<Term.Let> named = new ArrayList<>();
        made.operands().forEach(operand -> operands.add(computed(operand, named)));
        for (Expression function : made.functions()) {
            boolean ready = function instanceof Name || function instanceof Expression.Function;
            functions.add(ready ? new Term.Nothing(made.at()) : computed(function, named));
        }
        Term term = made.recipe().of(this);
        for (int i = named.size() - 1; i >= 0; i--) {
            Term.Let let = named.get(i);
            term = new Term.Let(let.variable(), let.value(), term, let.at());
        }
        return term;
    }

    /** A variable, if {@code expression} is none, whose value goes before all. */
    private Term computed(Expression expression, List<Term.Let> named) {
        Term term = lowering.expression(expression, scope);
        if (term instanceof Term.Local || term instanceof Term.Constant) {
            return term;
        }
        Variable variable = lowering.variable(" operand");
        named.add(new Term.Let(variable, term, term, made.at()));
        return new Term.Local(variable, made.at());
    }

    /** Instructions that trap unless the value on top is of {@code type}. */
    public static Emission[] check(ValueType type) {
        List<Emission> other =
                List.of(
                        Emission.of(Opcode.DROP),
                        Emission.push(Value.text("a value of another type")),
                        Emission.of(Opcode.FAIL));
        return CollectionOperators.either(type, List.of(), other).toArray(Emission[]::new);
    }

    Position at() {
        return made.at();
    }

    Term operand(int index) {
        return operands.get(index);
    }

    /** A call of function {@code index}; the code of one without a name stands here itself. */
    Term call(int index, Term... arguments) {
        Expression function = made.functions().get(index);
        if (function instanceof Expression.Function literal
                && literal.parameters().size() == arguments.length) {
            return inlined(literal, List.of(arguments), 0, scope.immediate());
        }
        if (function instanceof Name name
                && scope.use(name.name(), name.at()).orElse(null)
                        instanceof Scope.OfFunction known) {
            return new Term.Call(known.function(), List.of(arguments), at());
        }
        boolean ready = functions.get(index) instanceof Term.Nothing;
        Term value = ready ? lowering.expression(function, scope) : functions.get(index);
        return new Term.Apply(value, List.of(arguments), at());
    }

    private Term inlined(
            Expression.Function literal, List<Term> arguments, int index, Scope inner) {
        if (index == arguments.size()) {
            Flow flow = lowering.steps().mustReturn(literal.at());
            return lowering.steps().sequence(literal.body(), literal.at(), inner.block(), flow);
        }
        return lowering.steps()
                .unpack(
                        literal.parameters().get(index),
                        arguments.get(index),
                        inner,
                        next -> inlined(literal, arguments, index + 1, next));
    }

    /** A term that names {@code value}. */
    Term let(Term value, UnaryOperator<Term> body) {
        Variable variable = lowering.variable(" value");
        return new Term.Let(variable, value, body.apply(new Term.Local(variable, at())), at());
    }

    /** A function that may go on with other values of its variables. */
    interface Round {
        Term of(Again again, List<Term> variables);
    }

    /** The next round of a loop. */
    interface Again {
        Term with(Term... next);
    }

    /** {@code round}, with the variables {@code first} at first, as often as it calls itself. */
    Term loop(Round round, Term... first) {
        FunctionId id = lowering.functionId("walk");
        List<Variable> variables = Stream.of(first).map(each -> lowering.variable(" v")).toList();
        List<Term> locals =
                variables.stream().<Term>map(each -> new Term.Local(each, at())).toList();
        Again again = next -> new Term.Call(id, List.of(next), at());
        CoreFunction function = new CoreFunction(id, variables, round.of(again, locals), at());
        return new Term.LetFunction(function, again.with(first), at());
    }

    /** What a step makes of what is made so far, and an element. */
    interface Folding {
        Term of(Term made, Term element);
    }

    /** The same with the position of the element. */
    interface Counting {
        Term of(Term made, Term element, Term index);
    }

    /** What {@code step} makes of {@code first} with each element of {@code list} in turn. */
    Term fold(Term list, Term first, Folding step) {
        return loop(
                (again, v) ->
                        choice(
                                empty(v.get(0)),
                                v.get(1),
                                let(
                                        head(v.get(0)),
                                        element ->
                                                again.with(
                                                        tail(v.get(0)),
                                                        step.of(v.get(1), element)))),
                list,
                first);
    }

    /** The same, counting positions from {@code from} on. */
    Term foldCounting(Term list, Term from, Term first, Counting step) {
        return loop(
                (again, v) ->
                        choice(
                                empty(v.get(0)),
                                v.get(2),
                                let(
                                        head(v.get(0)),
                                        element ->
                                                again.with(
                                                        tail(v.get(0)),
                                                        plus(v.get(1), integer(1)),
                                                        step.of(v.get(2), element, v.get(1))))),
                list,
                from,
                first);
    }

    Term operate(Overload overload, Term... operands) {
        return new Term.Operate(overload, List.of(operands), at());
    }

    Term choice(Term condition, Term then, Term otherwise) {
        return new Term.Choice(condition, then, otherwise, at());
    }

    Term integer(long value) {
        return new Term.Constant(Value.of(value), Kind.INTEGER, false, at());
    }

    Term bool(boolean value) {
        return new Term.Constant(BoolValue.of(value), Kind.BOOLEAN, false, at());
    }

    Term none() {
        return new Term.Constant(ListValue.EMPTY, Kind.LIST, false, at());
    }

    Term fail(String reason) {
        Term text = new Term.Constant(Value.text(reason), Kind.TEXT, false, at());
        return new Term.Fail(text, at());
    }

    Term empty(Term list) {
        return operate(CollectionOperators.EMPTY, list);
    }

    Term head(Term list) {
        return operate(CollectionOperators.HEAD, list);
    }

    Term tail(Term list) {
        return operate(CollectionOperators.TAIL, list);
    }

    Term cons(Term element, Term list) {
        return operate(CollectionOperators.CONS, element, list);
    }

    Term reverse(Term list) {
        return operate(CollectionOperators.REVERSE, list);
    }

    Term length(Term list) {
        return operate(LENGTH, list);
    }

    Term less(Term left, Term right) {
        return operate(LESS, left, right);
    }

    Term plus(Term left, Term right) {
        return operate(Overload.of("+", Operators.ADD_INTEGERS), left, right);
    }

    Term minus(Term left, Term right) {
        return operate(Overload.of("-", Operators.binary(Kind.INTEGER, Opcode.SUB)), left, right);
    }

    Term tuple(Term... fields) {
        return operate(CollectionOperators.tuple(fields.length), fields);
    }

    Term field(int index, Term tuple) {
        return operate(Overload.of("field", CollectionOperators.field(index)), tuple);
    }
}
