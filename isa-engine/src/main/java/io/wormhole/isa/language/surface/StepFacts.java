package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.surface.Step.Assign;
import io.wormhole.isa.language.surface.Step.Branch;
import io.wormhole.isa.language.surface.Step.Break;
import io.wormhole.isa.language.surface.Step.Choose;
import io.wormhole.isa.language.surface.Step.Continue;
import io.wormhole.isa.language.surface.Step.Evaluate;
import io.wormhole.isa.language.surface.Step.ForEach;
import io.wormhole.isa.language.surface.Step.Return;
import io.wormhole.isa.language.surface.Step.Select;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What can be said of steps before they are lowered. */
final class StepFacts {
    private StepFacts() {}

    /** The names that {@code steps} assign, in order, those of inner functions apart. */
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
            select.branches().forEach(branch -> names.addAll(assigned(branch.body())));
        } else if (step instanceof ForEach loop) {
            names.addAll(assigned(loop.body()));
        }
    }

    /** The names that the pattern of a loop gives. */
    static List<String> names(Pattern pattern) {
        if (pattern instanceof Pattern.Named named) {
            return named.name().equals("_") ? List.of() : List.of(named.name());
        }
        List<Pattern> parts = List.of();
        if (pattern instanceof Pattern.TupleOf tuple) {
            parts = tuple.fields();
        } else if (pattern instanceof Pattern.ListOf list) {
            parts = list.first();
        } else if (pattern instanceof Pattern.Positions positions) {
            parts = positions.parts();
        }
        return parts.stream().flatMap(part -> names(part).stream()).toList();
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
        return step instanceof Return || step instanceof Break || step instanceof Continue;
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
        return step instanceof Break;
    }
}
