package io.wormhole.isa.language.surface;

import io.wormhole.isa.bytecode.CodeLimits;
import io.wormhole.isa.language.core.CoreFunction;
import io.wormhole.isa.language.core.CoreModule;
import io.wormhole.isa.language.core.FunctionId;
import io.wormhole.isa.language.core.LanguageFault;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Routine;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.surface.SourceModule.Top;
import io.wormhole.isa.language.surface.SourceModule.TopConstant;
import io.wormhole.isa.language.surface.SourceModule.TopFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Source to core form: resolves names, makes new variables of changed ones and functions of loops.
 * The function called {@code contract}, if there is one, becomes the entry; the others keep the
 * order in which they stand.
 */
public final class Lowering {
    private static final int DEEPEST = 240;
    private static final int MOST_FUNCTIONS = 2 * CodeLimits.MAX_FUNCTIONS;

    final Dialect dialect;
    private final ExpressionLowering expressions = new ExpressionLowering(this);
    private final StepLowering steps = new StepLowering(this);
    private final PatternLowering patterns = new PatternLowering(this);
    private final Set<Integer> procedures = new HashSet<>();
    private int numbers;
    private int functions;
    private int depth;

    private Lowering(Dialect dialect, int numbers) {
        this.dialect = dialect;
        this.numbers = numbers;
    }

    /**
     * A function that {@code recipe} makes of {@code arity} operands, for operations to call; what
     * is in it has numbers from {@code numbers} on, below zero.
     */
    public static Routine routine(
            String name, int arity, Recipe recipe, Dialect dialect, int numbers) {
        List<Pattern> parameters = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            parameters.add(new Pattern.Named("v" + i, Position.START));
            operands.add(new Expression.Name("v" + i, Position.START));
        }
        Expression made = Expression.Made.of(operands, recipe, Position.START);
        List<Step> body = List.of(new Step.Return(made, Position.START));
        Top function = new TopFunction(name, parameters, body, Position.START);
        return Routine.of(
                new Lowering(dialect, numbers)
                        .module(
                                new SourceModule(List.of(function)),
                                fault -> {
                                    throw fault;
                                }));
    }

    /** Lowers {@code source}; hands refusals of single functions to {@code faults}. */
    public static CoreModule lower(
            SourceModule source, Dialect dialect, Consumer<RefusedSource> faults) {
        return new Lowering(dialect, 0).module(source, faults);
    }

    private CoreModule module(SourceModule source, Consumer<RefusedSource> faults) {
        Scope top = Scope.top(dialect.reach());
        List<FunctionId> ids = new ArrayList<>();
        for (Top entry : source.tops()) {
            ids.add(declare(entry, top, faults));
        }
        List<CoreFunction> functions = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Top entry = source.tops().get(i);
            boolean literal = top.find(entry.name()).orElse(null) instanceof Scope.OfConstant;
            if (literal) {
                continue;
            }
            try {
                CoreFunction function = define(entry, ids.get(i), top);
                boolean first = entry.name().equals(CoreModule.CONTRACT);
                functions.add(first ? 0 : functions.size(), function);
            } catch (RefusedSource refused) {
                depth = 0;
                faults.accept(refused);
            }
        }
        return new CoreModule(functions);
    }

    private FunctionId declare(Top entry, Scope top, Consumer<RefusedSource> faults) {
        if (top.find(entry.name()).isPresent()) {
            faults.accept(
                    new RefusedSource(
                            entry.at(),
                            "there is a " + entry.name() + " already",
                            "give it another name"));
        }
        if (entry.name().equals(dialect.failing())) {
            faults.accept(
                    new RefusedSource(
                            entry.at(), entry.name() + " is what ends a run", "rename it"));
        }
        FunctionId id = functionId(entry.name());
        if (entry instanceof TopFunction function) {
            noteProcedure(id, function.body());
            top.put(
                    entry.name(),
                    new Scope.OfFunction(id, function.parameters(), top, Optional.empty()));
        } else {
            declareConstant((TopConstant) entry, id, top, faults);
        }
        return id;
    }

    private void declareConstant(
            TopConstant constant, FunctionId id, Scope top, Consumer<RefusedSource> faults) {
        Scope.Binding binding = new Scope.OfComputed(id);
        try {
            if (folded(constant.value(), top) instanceof Expression.Literal literal) {
                binding = new Scope.OfConstant(literal);
            }
        } catch (RefusedSource refused) {
            faults.accept(refused);
        }
        top.put(constant.name(), binding);
    }

    /** A call of a built-in function of literals is a literal, where it makes one. */
    Expression folded(Expression expression, Scope scope) {
        if (expression instanceof Expression.Invoke call
                && call.function() instanceof Expression.Name name
                && scope.find(name.name()).isEmpty()) {
            List<Expression> arguments = new ArrayList<>();
            call.arguments().forEach(argument -> arguments.add(folded(argument, scope)));
            boolean literals = arguments.stream().allMatch(Lowering::isLiteral);
            Optional<Expression> meant =
                    literals ? dialect.call(name.name(), arguments, call.at()) : Optional.empty();
            return meant.filter(Lowering::isLiteral)
                    .orElseGet(() -> new Expression.Invoke(name, arguments, call.at()));
        }
        if (expression instanceof Expression.Name name
                && scope.find(name.name()).orElse(null) instanceof Scope.OfConstant constant) {
            Expression.Literal literal = constant.literal();
            return new Expression.Literal(literal.value(), literal.kind(), false, name.at());
        }
        return expression;
    }

    private static boolean isLiteral(Expression expression) {
        return expression instanceof Expression.Literal;
    }

    private CoreFunction define(Top entry, FunctionId id, Scope top) {
        if (entry instanceof TopFunction function) {
            return function(id, function.parameters(), function.body(), top, entry.at());
        }
        TopConstant constant = (TopConstant) entry;
        Term value = expression(constant.value(), top.function());
        return new CoreFunction(id, List.of(), value, entry.at());
    }

    /** A function, at the top or inside another one. */
    CoreFunction function(
            FunctionId id, List<Pattern> parameters, List<Step> body, Scope outer, Position at) {
        Scope scope = outer.function();
        List<Variable> variables = new ArrayList<>();
        List<Step> all = new ArrayList<>();
        if (StepFacts.doNothing(body)) {
            throw new RefusedSource(
                    at, "this function does nothing, and gives no value", "return one");
        }
        Arguments.requireShort(parameters);
        for (Pattern each : parameters) {
            Pattern parameter = Arguments.plain(each);
            String name =
                    parameter instanceof Pattern.Named named
                            ? named.name()
                            : "argument " + (variables.size() + 1);
            boolean twice = variables.stream().anyMatch(known -> known.name().equals(name));
            if (twice) {
                throw new RefusedSource(parameter.at(), "two arguments are called " + name, "");
            }
            requireFree(name, parameter.at());
            if (each instanceof Pattern.Defaulted other) {
                expression(other.otherwise(), scope);
            }
            Variable variable = variable(name);
            variables.add(variable);
            scope.put(name, new Scope.OfVariable(variable, scope.frame()));
            if (!(parameter instanceof Pattern.Named || parameter instanceof Pattern.Any)) {
                Expression given = new Expression.Name(name, parameter.at());
                all.add(new Step.Bind(parameter, given, parameter.at()));
            }
        }
        all.addAll(body);
        Term term = steps.block(all, scope, steps.mustReturn(at));
        requireUnseen(scope.frame());
        return new CoreFunction(id, variables, term, at);
    }

    /** Refuses what changes while functions that are called later see it. */
    static void requireUnseen(Scope.Frame frame) {
        Optional<Map.Entry<String, Position>> seen = frame.seenChanging();
        if (seen.isPresent()) {
            throw new RefusedSource(
                    seen.get().getValue(),
                    seen.get().getKey()
                            + " changes here, and a function inside this one uses it: which"
                            + " value it sees would depend on when it runs",
                    "give the new value a new name");
        }
    }

    /** Remembers a function that returns nothing: it may be called as a statement only. */
    void noteProcedure(FunctionId id, List<Step> body) {
        if (!StepFacts.returns(body) && !StepFacts.alwaysEnds(body)) {
            procedures.add(id.number());
        }
    }

    /** Refuses a name that the language keeps for failing. */
    void requireFree(String name, Position at) {
        if (name.equals(dialect.failing())) {
            throw new RefusedSource(at, name + " is what ends a run", "take another name");
        }
    }

    /** Refuses another meaning for a function that others may have been made with. */
    void requireNoFunction(String name, Scope scope, Position at) {
        if (dialect.has(Habit.ASSIGNMENT_DECLARES) && scope.isOwnFunction(name)) {
            throw new RefusedSource(
                    at, "there is a function " + name + " already", "give it another name");
        }
    }

    boolean isProcedure(FunctionId id) {
        return procedures.contains(id.number());
    }

    Term expression(Expression expression, Scope scope) {
        deeper(expression.at());
        Term term = expressions.lower(expression, scope);
        depth--;
        return term;
    }

    void deeper(Position at) {
        if (++depth > DEEPEST) {
            throw new RefusedSource(
                    at, "too deep inside each other, or too many steps", "split the function");
        }
    }

    void lessDeep() {
        depth--;
    }

    ExpressionLowering expressions() {
        return expressions;
    }

    StepLowering steps() {
        return steps;
    }

    PatternLowering patterns() {
        return patterns;
    }

    Variable variable(String name) {
        return new Variable(++numbers, name);
    }

    /** Far more functions than a module takes are not looked at any further. */
    FunctionId functionId(String name) {
        if (++functions > MOST_FUNCTIONS) {
            throw new RefusedSource(
                    Position.START,
                    "this becomes more than "
                            + MOST_FUNCTIONS
                            + " functions, loops and inner functions among them; the machine takes "
                            + CodeLimits.MAX_FUNCTIONS,
                    "make the contract smaller");
        }
        return new FunctionId(++numbers, name);
    }

    /** The fault that {@code refused} becomes, with the text that stands there. */
    public static LanguageFault fault(String file, String[] lines, RefusedSource refused) {
        Position at = refused.at();
        String line = at.line() <= lines.length ? lines[at.line() - 1] : "";
        String text = line.substring(Math.min(at.column() - 1, line.length())).strip();
        String shown = text.length() <= 60 ? text : text.substring(0, 59) + "…";
        return new LanguageFault(file, at, shown, refused.what(), refused.writeInstead());
    }
}
