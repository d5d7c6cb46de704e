package io.wormhole.isa.language.core;

import java.util.List;
import java.util.Map;

/**
 * A function of the compiler's own that an operation calls: it stands in a module once, if it is
 * called there. Its variables and functions have numbers that no program has.
 */
public final class Routine {
    private final CoreFunction function;
    private final Choices choices;
    private final Map<Integer, List<Variable>> captured;

    private Routine(CoreFunction function, Choices choices, Map<Integer, List<Variable>> captured) {
        this.function = function;
        this.choices = choices;
        this.captured = captured;
    }

    /** The only function of {@code module}. */
    public static Routine of(CoreModule module) {
        return new Routine(
                module.functions().get(0), KindCheck.check(module), FreeVariables.of(module));
    }

    CoreFunction function() {
        return function;
    }

    Choices choices() {
        return choices;
    }

    Map<Integer, List<Variable>> captured() {
        return captured;
    }

    int arity() {
        return function.parameters().size();
    }
}
