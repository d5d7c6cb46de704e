package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Position;
import java.util.List;
import java.util.Optional;

/** The form of a value, and names for its parts. */
public sealed interface Pattern {
    /** Where it stands in the source. */
    Position at();

    /** Any value. */
    record Any(Position at) implements Pattern {}

    /** Any value, under a name. */
    record Named(String name, Position at) implements Pattern {}

    /** A value equal to that of {@code expression}. */
    record Same(Expression expression, Position at) implements Pattern {}

    /** A tuple of just as many fields. */
    record TupleOf(List<Pattern> fields, Position at) implements Pattern {
        /** Copies the fields. */
        public TupleOf {
            fields = List.copyOf(fields);
        }
    }

    /** A list that begins so, and goes on as {@code rest} and {@code last}, or ends. */
    record ListOf(List<Pattern> first, Optional<Pattern> rest, List<Pattern> last, Position at)
            implements Pattern {
        /** Copies the lists. */
        public ListOf {
            first = List.copyOf(first);
            last = List.copyOf(last);
        }

        /** A list that begins so, and goes on as {@code rest} or ends. */
        public ListOf(List<Pattern> first, Optional<Pattern> rest, Position at) {
            this(first, rest, List.of(), at);
        }
    }

    /** A map that has these keys with such values; all others under {@code rest}. */
    record MapOf(List<Entry> entries, Optional<Pattern> rest, Position at) implements Pattern {
        /** Copies the entries. */
        public MapOf {
            entries = List.copyOf(entries);
        }

        /** A map that has these keys with such values, and any others. */
        public MapOf(List<Entry> entries, Position at) {
            this(entries, Optional.empty(), at);
        }
    }

    /** A key, the form of its value, and what is there where the key is not. */
    record Entry(Expression key, Pattern value, Optional<Expression> otherwise) {
        /** A key that must be there. */
        public Entry(Expression key, Pattern value) {
            this(key, value, Optional.empty());
        }
    }

    /** Parts of a list or tuple by position, which may have others where it is not exact. */
    record Positions(List<Pattern> parts, boolean exact, Position at) implements Pattern {
        /** Copies the parts. */
        public Positions {
            parts = List.copyOf(parts);
        }
    }

    /** A parameter that is {@code otherwise} where a call leaves it out. */
    record Defaulted(Pattern pattern, Expression otherwise, Position at) implements Pattern {}

    /** One of several values or forms without names. */
    record OneOf(List<Pattern> choices, Position at) implements Pattern {
        /** Copies the choices. */
        public OneOf {
            choices = List.copyOf(choices);
        }
    }

    /** A form, with a name for the whole. */
    record Both(Pattern left, Pattern right, Position at) implements Pattern {}

    /** Several values, each of its form: the arguments of a function of several clauses. */
    record OfEach(List<Entry> values, Position at) implements Pattern {
        /** Copies the list. */
        public OfEach {
            values = List.copyOf(values);
        }
    }
}
