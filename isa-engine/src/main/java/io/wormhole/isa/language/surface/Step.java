package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.value.BoolValue;
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
    record Define(
            String name, List<Pattern> parameters, List<Step> body, Position since, Position at)
            implements Step {
        /** Copies the lists; {@code since} is where the function is known from. */
        public Define {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }

        /** A function that is known from where it stands. */
        public Define(String name, List<Pattern> parameters, List<Step> body, Position at) {
            this(name, parameters, body, at, at);
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

    /** The body as long as a condition holds, with variables of its own; next after every round. */
    record Count(
            List<Assign> first, Expression condition, List<Step> next, List<Step> body, Position at)
            implements Step {
        /** Copies the lists. */
        public Count {
            first = List.copyOf(first);
            next = List.copyOf(next);
            body = List.copyOf(body);
        }

        /** The body as long as {@code condition} holds, which may always do. */
        public static Count asLongAs(Expression condition, List<Step> body, Position at) {
            return new Count(List.of(), condition, List.of(), body, at);
        }

        /** Whether only a break or a return ends it. */
        boolean isEndless() {
            return condition instanceof Expression.Literal literal
                    && literal.value().equals(BoolValue.TRUE);
        }
    }

    /** Steps whose names mean something between their braces only. */
    record Group(List<Step> steps, Position at) implements Step {
        /** Copies the steps. */
        public Group {
            steps = List.copyOf(steps);
        }
    }

    /** A variable of this function that gets its value later. */
    record Declare(String name, Position at) implements Step {}

    /** Ends the function, or the block, with a value. */
    record Return(Expression value, Position at) implements Step {}

    /** Ends the loop. */
    record Break(Position at) implements Step {}

    /** Ends this round of the loop. */
    record Continue(Position at) implements Step {}

    /** An expression for its failing only. */
    record Evaluate(Expression expression, Position at) implements Step {}
}
