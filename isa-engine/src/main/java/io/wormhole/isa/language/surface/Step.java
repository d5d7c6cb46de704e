package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import java.util.List;
import java.util.Optional;

/** A statement as a language writes it. */
public sealed interface Step {
    /** Where it stands in the source. */
    Position at();

    /** Names the parts of a value; where the value has another form, the run fails. */
    record Bind(Pattern pattern, Expression value, Position at) implements Step {}

    /** Gives a variable of this function a value, or a new one. */
    record Assign(String name, Expression value, Position at) implements Step {}

    /** A function inside a function. */
    record Define(String name, List<Pattern> parameters, List<Step> body, Position at)
            implements Step {
        /** Copies the lists. */
        public Define {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /** One of two. */
    record Choose(Expression condition, List<Step> then, List<Step> otherwise, Position at)
            implements Step {
        /** Copies the lists. */
        public Choose {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** The first branch that matches; when none does, {@code unmatched} fails or goes on. */
    record Select(
            Expression subject, List<Branch> branches, Optional<String> unmatched, Position at)
            implements Step {
        /** Copies the branches. */
        public Select {
            branches = List.copyOf(branches);
        }
    }

    /** A branch of a {@link Select}. */
    record Branch(Pattern pattern, Optional<Expression> guard, List<Step> body) {
        /** Copies the body. */
        public Branch {
            body = List.copyOf(body);
        }
    }

    /** The body for every element of a list. */
    record ForEach(Pattern pattern, Expression list, List<Step> body, Position at) implements Step {
        /** Copies the body. */
        public ForEach {
            body = List.copyOf(body);
        }
    }

    /**
     * The body as long as a condition holds: for a variable of the loop's own, which {@code next}
     * changes after every round.
     */
    record Count(
            String name,
            Expression first,
            Expression condition,
            Assign next,
            List<Step> body,
            Position at)
            implements Step {
        /** Copies the body. */
        public Count {
            body = List.copyOf(body);
        }
    }

    /** Ends the function, or the block, with a value. */
    record Return(Expression value, Position at) implements Step {}

    /** Ends the loop. */
    record Break(Position at) implements Step {}

    /** Ends this round of the loop. */
    record Continue(Position at) implements Step {}

    /** An expression for its failing only. */
    record Evaluate(Expression expression, Position at) implements Step {}
}
