package io.wormhole.isa.language.surface;

import io.wormhole.isa.language.core.Kind;
import io.wormhole.isa.language.core.Overload;
import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.value.Value;
import java.util.List;

/** An expression as a language writes it; names are not resolved yet. */
public sealed interface Expression {
    /** Where it stands in the source. */
    Position at();

    /** A value; {@code plain} marks an integer that may stand for a real beside an operator. */
    record Literal(Value value, Kind kind, boolean plain, Position at) implements Expression {}

    /** A name. */
    record Name(String name, Position at) implements Expression {}

    /** An operation on values. */
    record Operator(Overload overload, List<Expression> operands, Position at)
            implements Expression {
        /** Copies the operands. */
        public Operator {
            operands = List.copyOf(operands);
        }
    }

    /** A call. */
    record Invoke(Expression function, List<Expression> arguments, Position at)
            implements Expression {
        /** Copies the arguments. */
        public Invoke {
            arguments = List.copyOf(arguments);
        }
    }

    /** An argument by the name of the parameter. */
    record Labelled(String name, Expression value, Position at) implements Expression {}

    /** A function without a name. */
    record Function(List<Pattern> parameters, List<Step> body, Position at) implements Expression {
        /** Copies the lists. */
        public Function {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /** One of two. */
    record Conditional(Expression condition, Expression then, Expression otherwise, Position at)
            implements Expression {}

    /** Steps whose return gives the value of the expression. */
    record Block(List<Step> steps, Position at) implements Expression {
        /** Copies the steps. */
        public Block {
            steps = List.copyOf(steps);
        }
    }

    /** The list of {@code body} for all that the qualifiers let through. */
    record Comprehension(List<Qualifier> qualifiers, Expression body, Position at)
            implements Expression {
        /** Copies the qualifiers. */
        public Comprehension {
            qualifiers = List.copyOf(qualifiers);
        }
    }

    /** The integers from {@code from} to just before {@code to}, by steps of one. */
    record Range(Expression from, Expression to, Position at) implements Expression {}

    /** A list folded from the left; {@code function} takes accumulator and element. */
    record Fold(
            Expression list,
            Expression initial,
            Expression function,
            boolean elementFirst,
            Position at)
            implements Expression {}

    /** The list of what {@code function} gives for each element. */
    record Each(Expression list, Expression function, Position at) implements Expression {}

    /** The elements for which {@code function} holds. */
    record Filter(Expression list, Expression function, Position at) implements Expression {}

    /**
     * What {@code recipe} makes of operands, which are computed first and in order, and of
     * functions that it calls.
     */
    record Made(List<Expression> operands, List<Expression> functions, Recipe recipe, Position at)
            implements Expression {
        /** Copies the lists. */
        public Made {
            operands = List.copyOf(operands);
            functions = List.copyOf(functions);
        }

        /** What is made of operands alone. */
        public static Made of(List<Expression> operands, Recipe recipe, Position at) {
            return new Made(operands, List.of(), recipe, at);
        }
    }

    /** {@code longer} where {@code function} takes {@code arity} arguments, else {@code plain}. */
    record ByArity(Expression function, int arity, Expression longer, Expression plain, Position at)
            implements Expression {}

    /** Ends the run with a reason. */
    record Failure(Expression reason, Position at) implements Expression {}

    /** Part of a comprehension. */
    sealed interface Qualifier {}

    /** Every element of {@code list} that {@code pattern} matches. */
    record Generator(Pattern pattern, Expression list) implements Qualifier {}

    /** Only where {@code condition} holds. */
    record Guard(Expression condition) implements Qualifier {}
}
