package io.wormhole.isa.language.surface;

import java.util.List;
import java.util.stream.Stream;

/** Whether parts of a source mention a name, whatever it means there. */
final class Mentions {
    private final String name;

    private Mentions(String name) {
        this.name = name;
    }

    /** Whether {@code step} uses {@code name} somewhere. */
    static boolean of(String name, Step step) {
        return new Mentions(name).in(step);
    }

    private boolean in(Step step) {
        if (step instanceof Step.Bind bind) {
            return in(bind.pattern()) || in(bind.value());
        } else if (step instanceof Step.Assign assign) {
            return assign.name().equals(name) || in(assign.value());
        } else if (step instanceof Step.Define define) {
            return anyPattern(define.parameters()) || anyStep(define.body());
        } else if (step instanceof Step.Choose choose) {
            return in(choose.condition()) || anyStep(choose.then()) || anyStep(choose.otherwise());
        } else if (step instanceof Step.Select select) {
            return in(select.subject()) || select.branches().stream().anyMatch(this::inBranch);
        } else if (step instanceof Step.ForEach loop) {
            return in(loop.pattern()) || in(loop.list()) || anyStep(loop.body());
        } else if (step instanceof Step.Count count) {
            return anyStep(List.copyOf(count.first()))
                    || in(count.condition())
                    || anyStep(count.next())
                    || anyStep(count.body());
        } else if (step instanceof Step.Group group) {
            return anyStep(group.steps());
        } else if (step instanceof Step.Return returned) {
            return in(returned.value());
        }
        return step instanceof Step.Evaluate evaluate && in(evaluate.expression());
    }

    private boolean inBranch(Step.Branch branch) {
        return in(branch.pattern())
                || branch.guard().filter(this::in).isPresent()
                || anyStep(branch.body());
    }

    private boolean anyStep(List<Step> steps) {
        return steps.stream().anyMatch(this::in);
    }

    private boolean any(List<Expression> expressions) {
        return expressions.stream().anyMatch(this::in);
    }

    private boolean anyPattern(List<Pattern> patterns) {
        return patterns.stream().anyMatch(this::in);
    }

    private boolean in(Pattern pattern) {
        return expressionsOf(pattern).anyMatch(this::in)
                || StepFacts.parts(pattern).anyMatch(this::in);
    }

    private static Stream<Expression> expressionsOf(Pattern pattern) {
        if (pattern instanceof Pattern.Same same) {
            return Stream.of(same.expression());
        } else if (pattern instanceof Pattern.Defaulted other) {
            return Stream.of(other.otherwise());
        } else if (pattern instanceof Pattern.MapOf map) {
            return map.entries().stream()
                    .flatMap(
                            each ->
                                    Stream.concat(
                                            Stream.of(each.key()), each.otherwise().stream()));
        }
        return Stream.of();
    }

    private boolean in(Expression expression) {
        if (expression instanceof Expression.Name used) {
            return used.name().equals(name);
        } else if (expression instanceof Expression.Operator operator) {
            return any(operator.operands());
        } else if (expression instanceof Expression.Invoke call) {
            return in(call.function()) || any(call.arguments());
        } else if (expression instanceof Expression.Labelled labelled) {
            return in(labelled.value());
        } else if (expression instanceof Expression.Function function) {
            return anyPattern(function.parameters()) || anyStep(function.body());
        } else if (expression instanceof Expression.Conditional choice) {
            return in(choice.condition()) || in(choice.then()) || in(choice.otherwise());
        } else if (expression instanceof Expression.Block block) {
            return anyStep(block.steps());
        } else if (expression instanceof Expression.Failure failure) {
            return in(failure.reason());
        }
        return inList(expression);
    }

    private boolean inList(Expression expression) {
        if (expression instanceof Expression.Comprehension made) {
            return in(made.body()) || made.qualifiers().stream().anyMatch(this::inQualifier);
        } else if (expression instanceof Expression.Range range) {
            return in(range.from()) || in(range.to());
        } else if (expression instanceof Expression.Fold fold) {
            return in(fold.list()) || in(fold.initial()) || in(fold.function());
        } else if (expression instanceof Expression.Each each) {
            return in(each.list()) || in(each.function());
        } else if (expression instanceof Expression.Made made) {
            return any(made.operands()) || any(made.functions());
        } else if (expression instanceof Expression.ByArity choice) {
            // Both are made of the same parts.
            return in(choice.plain());
        }
        return expression instanceof Expression.Filter filter
                && (in(filter.list()) || in(filter.function()));
    }

    private boolean inQualifier(Expression.Qualifier qualifier) {
        return qualifier instanceof Expression.Generator generator
                ? in(generator.pattern()) || in(generator.list())
                : in(((Expression.Guard) qualifier).condition());
    }
}
