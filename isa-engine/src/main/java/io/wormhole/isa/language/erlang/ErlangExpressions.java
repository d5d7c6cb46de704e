package io.wormhole.isa.language.erlang;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.ErlangParser.AssociationContext;
import io.wormhole.isa.language.grammar.ErlangParser.AtomContext;
import io.wormhole.isa.language.grammar.ErlangParser.BinaryContext;
import io.wormhole.isa.language.grammar.ErlangParser.BinaryValueContext;
import io.wormhole.isa.language.grammar.ErlangParser.BlockContext;
import io.wormhole.isa.language.grammar.ErlangParser.BodyContext;
import io.wormhole.isa.language.grammar.ErlangParser.CallContext;
import io.wormhole.isa.language.grammar.ErlangParser.CaseContext;
import io.wormhole.isa.language.grammar.ErlangParser.EmptyListContext;
import io.wormhole.isa.language.grammar.ErlangParser.ExpressionContext;
import io.wormhole.isa.language.grammar.ErlangParser.FunClauseContext;
import io.wormhole.isa.language.grammar.ErlangParser.FunContext;
import io.wormhole.isa.language.grammar.ErlangParser.FunReferenceContext;
import io.wormhole.isa.language.grammar.ErlangParser.GroupContext;
import io.wormhole.isa.language.grammar.ErlangParser.GuardContext;
import io.wormhole.isa.language.grammar.ErlangParser.IfContext;
import io.wormhole.isa.language.grammar.ErlangParser.IntegerContext;
import io.wormhole.isa.language.grammar.ErlangParser.ListContext;
import io.wormhole.isa.language.grammar.ErlangParser.MapContext;
import io.wormhole.isa.language.grammar.ErlangParser.MapUpdateContext;
import io.wormhole.isa.language.grammar.ErlangParser.MatchContext;
import io.wormhole.isa.language.grammar.ErlangParser.PrimaryContext;
import io.wormhole.isa.language.grammar.ErlangParser.QualifierContext;
import io.wormhole.isa.language.grammar.ErlangParser.RealContext;
import io.wormhole.isa.language.grammar.ErlangParser.RemoteCallContext;
import io.wormhole.isa.language.grammar.ErlangParser.SimpleContext;
import io.wormhole.isa.language.grammar.ErlangParser.StringContext;
import io.wormhole.isa.language.grammar.ErlangParser.TupleContext;
import io.wormhole.isa.language.grammar.ErlangParser.UnaryContext;
import io.wormhole.isa.language.grammar.ErlangParser.VariableContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.CollectionOperators;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Block;
import io.wormhole.isa.language.surface.Expression.Comprehension;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Expression.Name;
import io.wormhole.isa.language.surface.Expression.Operator;
import io.wormhole.isa.language.surface.Expression.Qualifier;
import io.wormhole.isa.language.surface.ListLiterals;
import io.wormhole.isa.language.surface.Operators;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.BoolValue;
import io.wormhole.isa.value.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Expressions of Erlang. */
final class ErlangExpressions {
    private final Map<String, String> names;
    private final ErlangPatterns patterns = new ErlangPatterns(this);
    private final ErlangBinaries binaries = new ErlangBinaries(this);
    private final ErlangGuards guards = new ErlangGuards(this);
    private final ErlangChoices choices = new ErlangChoices(this, patterns, guards);

    /** {@code names} are the names of the module's functions, by name and arity. */
    ErlangExpressions(Map<String, String> names) {
        this.names = names;
    }

    /** A clause of a function. */
    record Clause(
            List<ExpressionContext> arguments, @Nullable GuardContext guard, BodyContext body) {}

    /** A function without its name. */
    record Parts(List<Pattern> parameters, List<Step> body) {}

    /** One clause takes its arguments apart; several are tried one after the other. */
    Parts function(List<Clause> clauses, Position at) {
        Clause first = clauses.get(0);
        if (clauses.size() == 1 && first.guard() == null) {
            List<Pattern> parameters = new ArrayList<>();
            first.arguments().forEach(argument -> parameters.add(patterns.pattern(argument)));
            return new Parts(parameters, body(first.body()));
        }
        List<Pattern> parameters = new ArrayList<>();
        for (int i = 0; i < first.arguments().size(); i++) {
            parameters.add(new Pattern.Named(" " + i, at));
        }
        List<Step.Branch> branches = new ArrayList<>();
        for (Clause clause : clauses) {
            if (clause.arguments().size() != parameters.size()) {
                throw new RefusedSource(
                        Reading.at(clause.body().start), "a clause of another arity", "");
            }
            List<Pattern.Entry> all = new ArrayList<>();
            for (int i = 0; i < parameters.size(); i++) {
                Pattern pattern = patterns.pattern(clause.arguments().get(i));
                all.add(new Pattern.Entry(new Name(" " + i, pattern.at()), pattern));
            }
            Pattern pattern = new Pattern.OfEach(all, Reading.at(clause.body().start));
            branches.add(
                    new Step.Branch(pattern, guards.guard(clause.guard()), body(clause.body())));
        }
        Expression nothing = Texts.bool(true, at);
        Step select =
                new Step.Select(nothing, branches, Optional.of("no function clause matches"), at);
        return new Parts(parameters, List.of(select));
    }

    List<Step> body(BodyContext body) {
        List<Step> steps = new ArrayList<>();
        List<ExpressionContext> sources = body.expression();
        for (int i = 0; i < sources.size(); i++) {
            boolean last = i == sources.size() - 1;
            step(sources.get(i), last, steps);
        }
        return steps;
    }

    private void step(ExpressionContext source, boolean last, List<Step> steps) {
        Position at = Reading.at(source.start);
        if (source instanceof MatchContext match) {
            Expression value = expression(match.expression(1));
            Pattern pattern = patterns.pattern(match.expression(0));
            if (last) {
                steps.add(new Step.Bind(new Pattern.Named(" result", at), value, at));
                value = new Name(" result", at);
            }
            steps.add(new Step.Bind(pattern, value, at));
            if (last) {
                steps.add(new Step.Return(value, at));
            }
        } else {
            Expression value = expression(source);
            boolean fails = value instanceof Expression.Failure;
            steps.add(last && !fails ? new Step.Return(value, at) : new Step.Evaluate(value, at));
        }
    }

    Expression expression(ExpressionContext source) {
        Position at = Reading.at(source.start);
        if (source instanceof BinaryContext binary) {
            return binary(binary, Reading.at(binary.op));
        } else if (source instanceof UnaryContext unary) {
            return unary(unary, at);
        } else if (source instanceof MatchContext) {
            throw new RefusedSource(
                    at, "a match inside of an expression", "write it before, followed by a comma");
        }
        return primary(((SimpleContext) source).primary());
    }

    private List<Expression> all(List<ExpressionContext> sources) {
        return sources.stream().map(this::expression).toList();
    }

    private Expression binary(BinaryContext binary, Position at) {
        Expression left = expression(binary.expression(0));
        Expression right = expression(binary.expression(1));
        return switch (binary.op.getText()) {
            case "andalso" -> new Conditional(left, right, Texts.bool(false, at), at);
            case "orelse" -> new Conditional(left, Texts.bool(true, at), right, at);
            case "=:=", "=/=" ->
                    new Operator(
                            ErlangOperators.binary(binary.op.getText(), at),
                            List.of(exact(left), exact(right)),
                            at);
            default ->
                    new Operator(
                            ErlangOperators.binary(binary.op.getText(), at),
                            List.of(left, right),
                            at);
        };
    }

    /** Where 1 and 1.0 are told apart, an integer that is written does not stand for a real. */
    static Expression exact(Expression side) {
        return side instanceof Literal literal && literal.plain()
                ? new Literal(literal.value(), literal.kind(), false, literal.at())
                : side;
    }

    private Expression unary(UnaryContext unary, Position at) {
        Optional<Literal> least = Texts.least(unary.expression().getText(), at);
        if (unary.op.getText().equals("-") && least.isPresent()) {
            return least.get();
        }
        Expression operand = expression(unary.expression());
        return switch (unary.op.getText()) {
            case "-" -> Texts.negated(operand, at);
            case "not" -> new Operator(Operators.NOT.called("not"), List.of(operand), at);
            default ->
                    throw new RefusedSource(
                            at,
                            "'" + unary.op.getText() + "' is outside of this subset",
                            unary.op.getText().equals("bnot") ? "write -X - 1" : "leave it away");
        };
    }

    Expression primary(PrimaryContext source) {
        Position at = Reading.at(source.start);
        if (source instanceof CallContext call) {
            return call(call, at);
        } else if (source instanceof RemoteCallContext call) {
            return remote(call, at);
        } else if (source instanceof GroupContext group) {
            return expression(group.expression());
        } else if (source instanceof TupleContext tuple) {
            List<Expression> fields = all(tuple.arguments().expression());
            return new Operator(CollectionOperators.tuple(fields.size()), fields, at);
        } else if (source instanceof ListContext list) {
            return list(list, at);
        } else if (source instanceof MapContext map) {
            Expression empty = new Literal(MapValue.EMPTY, Kind.MAP, false, at);
            return map(empty, map.associations().association());
        } else if (source instanceof MapUpdateContext map) {
            return map(primary(map.primary()), map.associations().association());
        } else if (source instanceof CaseContext choice) {
            return choices.choose(choice, at);
        } else if (source instanceof IfContext choice) {
            return choices.choose(choice, at);
        } else if (source instanceof FunContext function) {
            return function(function, at);
        } else if (source instanceof FunReferenceContext reference) {
            String key = reference.ATOM().getText() + "/" + reference.INTEGER().getText();
            String fallback = reference.ATOM().getText();
            return new Name(names.getOrDefault(key, fallback), at);
        } else if (source instanceof BlockContext block) {
            return new Block(body(block.body()), at);
        }
        return literal(source, at);
    }

    private Expression literal(PrimaryContext source, Position at) {
        if (source instanceof VariableContext variable) {
            return new Name(variable.getText(), at);
        } else if (source instanceof AtomContext atom) {
            return atom(atom.getText(), at);
        } else if (source instanceof IntegerContext integer) {
            return binaries.integer(integer.getText(), at);
        } else if (source instanceof RealContext real) {
            return Texts.real(real.getText(), at);
        } else if (source instanceof EmptyListContext) {
            return ListLiterals.list(List.of(), List.of(), at);
        } else if (source instanceof StringContext string) {
            return binaries.string(string.STRING(), at);
        }
        return binaries.binary((BinaryValueContext) source, at);
    }

    static Expression atom(String text, Position at) {
        return switch (text) {
            case "true" -> new Literal(BoolValue.TRUE, Kind.BOOLEAN, false, at);
            case "false" -> new Literal(BoolValue.FALSE, Kind.BOOLEAN, false, at);
            default ->
                    text.startsWith("'")
                            ? Texts.text(text.substring(1, text.length() - 1), at)
                            : Texts.text(text, at);
        };
    }

    private Expression call(CallContext call, Position at) {
        List<Expression> arguments = all(call.arguments().expression());
        if (call.primary() instanceof AtomContext atom) {
            String name = atom.getText();
            String key = name + "/" + arguments.size();
            String own = names.get(key);
            if (own == null && name.equals("error") && arguments.size() == 1) {
                return new Expression.Failure(arguments.get(0), at);
            }
            return new Expression.Invoke(new Name(own == null ? name : own, at), arguments, at);
        }
        return new Expression.Invoke(primary(call.primary()), arguments, at);
    }

    private Expression remote(RemoteCallContext call, Position at) {
        String module = call.ATOM(0).getText();
        String name = call.ATOM(1).getText();
        List<ExpressionContext> sources = call.arguments().expression();
        if (module.equals("lists") && name.equals("sort") && sources.size() == 1) {
            return sorted(sources.get(0), at);
        }
        List<Expression> arguments = all(sources);
        if (module.equals("erlang") && name.equals("error") && arguments.size() == 1) {
            return new Expression.Failure(arguments.get(0), at);
        }
        return ErlangNames.remoteCall(module, name, arguments, at);
    }

    /** Keys and entries of maps come sorted. */
    private Expression sorted(ExpressionContext source, Position at) {
        if (source instanceof SimpleContext simple
                && simple.primary() instanceof RemoteCallContext call
                && call.ATOM(0).getText().equals("maps")
                && call.arguments().expression().size() == 1) {
            Expression map = expression(call.arguments().expression(0));
            String name = call.ATOM(1).getText();
            if (name.equals("keys")) {
                return new Operator(CollectionOperators.MAP_KEYS, List.of(map), at);
            }
            if (name.equals("to_list")) {
                return new Operator(CollectionOperators.MAP_ENTRIES, List.of(map), at);
            }
        }
        return ErlangNames.remoteCall("lists", "sort", List.of(expression(source)), at);
    }

    private Expression list(ListContext list, Position at) {
        if (!list.qualifier().isEmpty()) {
            return comprehension(list, at);
        }
        List<Expression> parts = new ArrayList<>(all(list.expression()));
        List<Boolean> spread = new ArrayList<>();
        parts.forEach(part -> spread.add(false));
        boolean tail = list.children.stream().anyMatch(child -> child.getText().equals("|"));
        if (tail) {
            spread.set(spread.size() - 1, true);
        }
        return ListLiterals.list(parts, spread, at);
    }

    private Expression comprehension(ListContext walk, Position at) {
        List<Qualifier> qualifiers = new ArrayList<>();
        for (QualifierContext qualifier : walk.qualifier()) {
            if (qualifier.expression().size() == 1) {
                qualifiers.add(new Expression.Guard(expression(qualifier.expression(0))));
            } else if (qualifier.getChild(1).getText().equals("<=")) {
                throw new RefusedSource(
                        Reading.at(qualifier.start), "a walk over a binary", "walk over a list");
            } else {
                qualifiers.add(
                        new Expression.Generator(
                                patterns.pattern(qualifier.expression(0)),
                                expression(qualifier.expression(1))));
            }
        }
        return new Comprehension(qualifiers, expression(walk.expression(0)), at);
    }

    private Expression map(Expression start, List<AssociationContext> entries) {
        Expression map = start;
        for (AssociationContext entry : entries) {
            Position where = Reading.at(entry.start);
            Expression key = expression(entry.expression(0));
            Expression value = expression(entry.expression(1));
            if (entry.op.getText().equals(":=")) {
                throw new RefusedSource(
                        where,
                        "':=' asks whether the key is there",
                        "write =>, and maps:is_key(Key, Map) where it matters");
            }
            map = new Operator(CollectionOperators.MAP_PUT, List.of(map, key, value), where);
        }
        return map;
    }

    private Expression function(FunContext function, Position at) {
        List<Clause> clauses = new ArrayList<>();
        for (FunClauseContext clause : function.funClause()) {
            clauses.add(new Clause(clause.arguments().expression(), clause.guard(), clause.body()));
        }
        Parts parts = function(clauses, at);
        return new Expression.Function(parts.parameters(), parts.body(), at);
    }
}
