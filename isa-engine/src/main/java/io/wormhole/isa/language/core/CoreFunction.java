package io.wormhole.isa.language.core;

import java.util.List;

/** A function of the core form. */
public record CoreFunction(FunctionId id, List<Variable> parameters, Term body, Position at) {
    /** Copies the parameters. */
    public CoreFunction {
        parameters = List.copyOf(parameters);
    }
}
