package io.wormhole.isa.language.core;

import java.util.List;

/** The functions of a source in the order of the module; the first is the entry. */
public record CoreModule(List<CoreFunction> functions) {
    /** The function that is the entry of a contract, by its name. */
    public static final String CONTRACT = "contract";

    /** Copies the functions. */
    public CoreModule {
        functions = List.copyOf(functions);
    }
}
