package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.surface.Step.Assign;
import io.wormhole.isa.language.surface.Step.Branch;
import io.wormhole.isa.language.surface.Step.Break;
import io.wormhole.isa.language.surface.Step.Choose;
import io.wormhole.isa.language.surface.Step.Continue;
import io.wormhole.isa.language.surface.Step.Count;
import io.wormhole.isa.language.surface.Step.Evaluate;
import io.wormhole.isa.language.surface.Step.ForEach;
import io.wormhole.isa.language.surface.Step.Group;
import io.wormhole.isa.language.surface.Step.Return;
import io.wormhole.isa.language.surface.Step.Select;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What can be said of steps before they are lowered. */
final class StepFacts {
    private StepFacts() {}

    /**
     * The names that {@code steps} assign, or the patterns of their branches give, in order, those
     * of inner functions apart.
     */
    static Set<String> assigned(List<Step> steps) {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> collect(step, names));
        return names;
    }

    private static void collect(Step step, Set<String> names) {
        if (step instanceof Assign assign) {
            names.add(assign.name());
        } else if (step instanceof Choose choose) {
            names.addAll(assigned(choose.then()));
            names.addAll(assigned(choose.otherwise()));
        } else if (step instanceof Select select) {
            for (Branch branch : select.branches()) {
                names.addAll(captured(branch.pattern()));
                names.addAll(assigned(branch.body()));
            }
        } else if (step instanceof ForEach loop) {
            names.addAll(assigned(loop.body()));
        } else if (step instanceof Count count) {
            Set<String> changed = new LinkedHashSet<>(assigned(count.body()));
            changed.addAll(assigned(count.next()));
            count.first().forEach(first -> changed.remove(first.name()));
            names.addAll(changed);
        } else if (step instanceof Group group) {
            names.addAll(assigned(group.steps()));
        }
    }

    /** All names that a pattern gives. */
    static List<String> captured(Pattern pattern) {
        if (pattern instanceof Pattern.Named named) {
            return List.of(named.name());
        }
        return parts(pattern).flatMap(part -> captured(part).stream()).toList();
    }

    /** The patterns that stand in one. */
    static Stream<Pattern> parts(Pattern pattern) {
        if (pattern instanceof Pattern.TupleOf tuple) {
            return tuple.fields().stream();
        } else if (pattern instanceof Pattern.ListOf list) {
            Stream<Pattern> behind = Stream.concat(list.rest().stream(), list.last().stream());
            return Stream.concat(list.first().stream(), behind);
        } else if (pattern instanceof Pattern.MapOf map) {
            Stream<Pattern> values = map.entries().stream().map(Pattern.Entry::value);
            return Stream.concat(values, map.rest().stream());
        } else if (pattern instanceof Pattern.Positions positions) {
            return positions.parts().stream();
        } else if (pattern instanceof Pattern.OneOf either) {
            return either.choices().stream();
        } else if (pattern instanceof Pattern.Both both) {
            return Stream.of(both.left(), both.right());
        } else if (pattern instanceof Pattern.OfEach each) {
            return each.values().stream().map(Pattern.Entry::value);
        }
        return pattern instanceof Pattern.Defaulted other
                ? Stream.of(other.pattern())
                : Stream.of();
    }

    /** The names that {@code steps} assign on every way to their end. */
    static Set<String> given(List<Step> steps) {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> names.addAll(given(step)));
        return names;
    }

    private static Set<String> given(Step step) {
        if (step instanceof Assign assign) {
            return Set.of(assign.name());
        } else if (step instanceof Choose choose) {
            return givenByAll(List.of(choose.then(), choose.otherwise()));
        } else if (step instanceof Select select
                && (select.unmatched().isPresent() || catchesAll(select))) {
            return givenByAll(select.branches().stream().map(Branch::body).toList());
        } else if (step instanceof Group group) {
            return given(group.steps());
        }
        return Set.of();
    }

    /** The names that all {@code bodies} assign; those that never come to an end do not count. */
    static Set<String> givenByAll(List<List<Step>> bodies) {
        List<Set<String>> each =
                bodies.stream().filter(body -> !alwaysEnds(body)).map(StepFacts::given).toList();
        Set<String> names = new LinkedHashSet<>();
        each.stream().limit(1).forEach(names::addAll);
        each.forEach(names::retainAll);
        return names;
    }

    /** Whether the end of {@code steps} is never reached. */
    static boolean alwaysEnds(List<Step> steps) {
        return steps.stream().anyMatch(StepFacts::alwaysEnds);
    }

    private static boolean alwaysEnds(Step step) {
        if (step instanceof Choose choose) {
            return alwaysEnds(choose.then()) && alwaysEnds(choose.otherwise());
        }
        if (step instanceof Select select) {
            return (select.unmatched().isPresent() || catchesAll(select))
                    && select.branches().stream().allMatch(branch -> alwaysEnds(branch.body()));
        }
        if (step instanceof Evaluate evaluate) {
            return evaluate.expression() instanceof Expression.Failure;
        }
        if (step instanceof Count count) {
            return count.isEndless() && !breaks(count.body());
        }
        if (step instanceof Group group) {
            return alwaysEnds(group.steps());
        }
        return step instanceof Return || step instanceof Break || step instanceof Continue;
    }

    static boolean catchesAll(Select select) {
        return select.branches().stream().anyMatch(StepFacts::catchesAll);
    }

    private static boolean catchesAll(Branch branch) {
        return branch.guard().isEmpty() && takesAll(branch.pattern());
    }

    private static boolean takesAll(Pattern pattern) {
        if (pattern instanceof Pattern.OfEach each) {
            return each.values().stream().allMatch(entry -> takesAll(entry.value()));
        }
        return pattern instanceof Pattern.Any || pattern instanceof Pattern.Named;
    }

    /** Whether {@code steps} may leave by return, break or continue. */
    static boolean exits(List<Step> steps) {
        return steps.stream().anyMatch(StepFacts::exits);
    }

    private static boolean exits(Step step) {
        if (step instanceof Choose choose) {
            return exits(choose.then()) || exits(choose.otherwise());
        }
        if (step instanceof Select select) {
            return select.branches().stream().anyMatch(branch -> exits(branch.body()));
        }
        if (step instanceof ForEach loop) {
            return returns(loop.body());
        }
        if (step instanceof Count count) {
            return returns(count.body());
        }
        if (step instanceof Group group) {
            return exits(group.steps());
        }
        return step instanceof Return || step instanceof Break || step instanceof Continue;
    }

    /** Whether {@code steps} neither give a value, nor could fail. */
    static boolean doNothing(List<Step> steps) {
        return steps.stream()
                .allMatch(
                        step ->
                                step instanceof Evaluate evaluate
                                        && evaluate.expression() instanceof Expression.Literal);
    }

    /** Whether {@code steps} return at some place. */
    static boolean returns(List<Step> steps) {
        return steps.stream().anyMatch(StepFacts::returns);
    }

    private static boolean returns(Step step) {
        if (step instanceof Choose choose) {
            return returns(choose.then()) || returns(choose.otherwise());
        }
        if (step instanceof Select select) {
            return select.branches().stream().anyMatch(branch -> returns(branch.body()));
        }
        if (step instanceof ForEach loop) {
            return returns(loop.body());
        }
        if (step instanceof Count count) {
            return returns(count.body());
        }
        if (step instanceof Group group) {
            return returns(group.steps());
        }
        return step instanceof Return;
    }

    /** Whether {@code steps} break off the loop that they are the body of. */
    static boolean breaks(List<Step> steps) {
        return steps.stream().anyMatch(StepFacts::breaks);
    }

    private static boolean breaks(Step step) {
        if (step instanceof Choose choose) {
            return breaks(choose.then()) || breaks(choose.otherwise());
        }
        if (step instanceof Select select) {
            return select.branches().stream().anyMatch(branch -> breaks(branch.body()));
        }
        if (step instanceof Group group) {
            return breaks(group.steps());
        }
        return step instanceof Break;
    }
}
