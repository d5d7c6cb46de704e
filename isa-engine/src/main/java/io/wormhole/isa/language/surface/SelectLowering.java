package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.core.Term;
import io.wormhole.isa.language.core.Variable;
import io.wormhole.isa.language.surface.Step.Branch;
import io.wormhole.isa.language.surface.Step.Select;
import io.wormhole.isa.language.surface.StepLowering.Rest;
import io.wormhole.isa.value.BoolValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A choice by patterns: each branch is tried after the one above. */
final class SelectLowering {
    private final Lowering lowering;
    private final StepLowering steps;

    SelectLowering(Lowering lowering, StepLowering steps) {
        this.lowering = lowering;
        this.steps = steps;
    }

    Term lower(Select select, Rest rest) {
        List<Way> ways = new ArrayList<>();
        select.branches().forEach(branch -> ways.add(new Way(branch.pattern(), branch.body())));
        boolean goesOn = select.unmatched().isEmpty() && !StepFacts.catchesAll(select);
        if (goesOn) {
            ways.add(new Way(List.of()));
        }
        Term subject = lowering.expression(select.subject(), rest.scope());
        boolean simple = subject instanceof Term.Local;
        Variable whole = simple ? ((Term.Local) subject).variable() : lowering.variable(" subject");
        Term local = new Term.Local(whole, select.at());
        Term term =
                steps.branches(
                        ways,
                        select.at(),
                        rest,
                        inner -> branch(select, 0, local, rest.scope(), inner));
        return simple ? term : new Term.Let(whole, subject, term, select.at());
    }

    private Term branch(Select select, int index, Term subject, Scope scope, Flow flow) {
        if (index == select.branches().size()) {
            Position at = select.at();
            return select.unmatched()
                    .<Term>map(reason -> StepLowering.failure(reason, at))
                    .orElseGet(() -> flow.atEnd().in(scope, at));
        }
        Branch branch = select.branches().get(index);
        Position at = branch.pattern().at();
        lowering.deeper(at);
        PatternLowering.Matched matched =
                lowering.patterns().match(branch.pattern(), subject, scope);
        Optional<Term> test = matched.test();
        if (branch.guard().isPresent()) {
            if (!lowering.dialect.has(Habit.PATTERNS_COMPARE_NAMES)) {
                Way.requireNew(branch, select.subject(), scope);
            }
            test = Optional.of(guarded(branch.guard().get(), matched, scope, at));
        }
        Term body =
                lowering.patterns()
                        .named(
                                matched.names(),
                                scope.block(),
                                inner -> steps.sequence(branch.body(), at, inner, flow));
        Term all = body;
        if (test.isPresent()) {
            Term others = branch(select, index + 1, subject, scope, flow);
            all = new Term.Choice(test.get(), body, others, at);
        } else if (index + 1 < select.branches().size()) {
            throw new RefusedSource(
                    select.branches().get(index + 1).pattern().at(),
                    "this branch is never reached: the one above takes everything",
                    "take it away");
        }
        lowering.lessDeep();
        return all;
    }

    private Term guarded(
            Expression guard, PatternLowering.Matched matched, Scope scope, Position at) {
        Term condition =
                lowering.patterns()
                        .named(
                                matched.names(),
                                scope.inside(),
                                inner -> lowering.expression(guard, inner));
        Term no = new Term.Constant(BoolValue.FALSE, Kind.BOOLEAN, false, at);
        return matched.test()
                .<Term>map(test -> new Term.Choice(test, condition, no, at))
                .orElse(condition);
    }
}
