package io.wormhole.isa.language.erlang;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.grammar.ErlangParser.CaseContext;
import io.wormhole.isa.language.grammar.ErlangParser.ChoiceContext;
import io.wormhole.isa.language.grammar.ErlangParser.ClauseContext;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Expression.Block;
import io.wormhole.isa.language.surface.Expression.Conditional;
import io.wormhole.isa.language.surface.Expression.Literal;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.Step;
import io.wormhole.isa.language.surface.Texts;
import io.wormhole.isa.value.BoolValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Choices of Erlang: {@code case} and {@code if}. */
final class ErlangChoices {
    private final ErlangExpressions expressions;
    private final ErlangPatterns patterns;
    private final ErlangGuards guards;

    ErlangChoices(ErlangExpressions expressions, ErlangPatterns patterns, ErlangGuards guards) {
        this.expressions = expressions;
        this.patterns = patterns;
        this.guards = guards;
    }

    /** A {@code case}: the first clause whose pattern and guard fit. */
    Expression matching(CaseContext choice, Position at) {
        List<Step.Branch> branches = new ArrayList<>();
        for (ClauseContext clause : choice.clause()) {
            branches.add(
                    new Step.Branch(
                            patterns.pattern(clause.expression()),
                            guards.guard(clause.guard()),
                            expressions.body(clause.body())));
        }
        Expression subject = expressions.expression(choice.expression());
        if (isTrueOrFalse(branches)) {
            return new Conditional(
                    subject,
                    valueOf(branches.get(0).body(), at),
                    valueOf(branches.get(1).body(), at),
                    at);
        }
        Step select = new Step.Select(subject, branches, Optional.of("no case clause matches"), at);
        return new Block(List.of(select), at);
    }

    private static boolean isTrueOrFalse(List<Step.Branch> branches) {
        return branches.size() == 2
                && branches.stream().allMatch(branch -> branch.guard().isEmpty())
                && isLiteral(branches.get(0).pattern(), BoolValue.TRUE)
                && isLiteral(branches.get(1).pattern(), BoolValue.FALSE);
    }

    private static boolean isLiteral(Pattern pattern, BoolValue value) {
        return pattern instanceof Pattern.Same same
                && same.expression() instanceof Literal literal
                && literal.value().equals(value);
    }

    private static Expression valueOf(List<Step> body, Position at) {
        if (body.size() == 1 && body.get(0) instanceof Step.Return only) {
            return only.value();
        }
        if (body.size() == 1 && body.get(0) instanceof Step.Evaluate only) {
            return only.expression();
        }
        return new Block(body, at);
    }

    /** An {@code if}, from the clause at {@code index} on: the first whose condition holds. */
    Expression holding(List<ChoiceContext> choices, int index, Position at) {
        if (index == choices.size()) {
            return new Expression.Failure(Texts.text("no if clause holds", at), at);
        }
        ChoiceContext choice = choices.get(index);
        Expression condition = guards.anyOf(choice.conditions());
        Expression then = valueOf(expressions.body(choice.body()), at);
        boolean always =
                condition instanceof Literal literal && literal.value().equals(BoolValue.TRUE);
        return always
                ? then
                : new Conditional(condition, then, holding(choices, index + 1, at), condition.at());
    }
}
