package io.wormhole.isa.language.core;

import io.wormhole.isa.value.Value;
import java.util.List;

/**
 * An expression of the core form. There is nothing else: no statement, no assignment, no loop;
 * repetition is a function that calls itself. Every term knows where it stands in the source.
 */
public sealed interface Term {
    /** Where it stands in the source. */
    Position at();

    /** A value; {@code plain} marks an integer written without sign of its type, such as 2. */
    record Constant(Value value, Kind kind, boolean plain, Position at) implements Term {}

    /** The value of a variable. */
    record Local(Variable variable, Position at) implements Term {}

    /** {@code body} with {@code variable} standing for {@code value}. */
    record Let(Variable variable, Term value, Term body, Position at) implements Term {}

    /** {@code rest} with a function of its own, which may call itself and see what is outside. */
    record LetFunction(CoreFunction function, Term rest, Position at) implements Term {}

    /** {@code first}, which may fail, and then {@code rest}, whose value counts. */
    record Sequence(Term first, Term rest, Position at) implements Term {}

    /** One of two. */
    record Choice(Term condition, Term then, Term otherwise, Position at) implements Term {}

    /** An operation on values. */
    record Operate(Overload operation, List<Term> operands, Position at) implements Term {
        /** Copies the operands. */
        public Operate {
            operands = List.copyOf(operands);
        }
    }

    /** A call of a known function. */
    record Call(FunctionId function, List<Term> arguments, Position at) implements Term {
        /** Copies the arguments. */
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** A call of a function value. */
    record Apply(Term function, List<Term> arguments, Position at) implements Term {
        /** Copies the arguments. */
        public Apply {
            arguments = List.copyOf(arguments);
        }
    }

    /** A known function as a value. */
    record Reference(FunctionId function, Position at) implements Term {}

    /** Ends the run with a reason. */
    record Fail(Term reason, Position at) implements Term {}

    /** What a step leaves that is made only to fail or not; never a value. */
    record Nothing(Position at) implements Term {}
}
