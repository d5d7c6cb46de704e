package io.wormhole.isa.language.core;

import java.util.List;

/** The functions of a source in the order of the module; the first is the entry. */
public record CoreModule(List<CoreFunction> functions) {
    /** Copies the functions. */
    public CoreModule {
        functions = List.copyOf(functions);
    }
}
