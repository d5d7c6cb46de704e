package io.wormhole.isa.bytecode;

import java.util.List;
import java.util.Optional;

/** Code that passed the verifier; only the verifier makes one. */
public final class VerifiedCode {
    private final FunctionTable source;
    private final FunctionTable table;
    private final List<Optional<VerifiedFunction>> functions;

    VerifiedCode(
            FunctionTable source, FunctionTable table, List<Optional<VerifiedFunction>> functions) {
        this.source = source;
        this.table = table;
        this.functions = List.copyOf(functions);
    }

    /** A function, its instructions, and the largest number of values in one of its frames. */
    public record VerifiedFunction(
            FunctionCode function, List<Instruction> instructions, int maxHeight) {
        /** Copies the instructions. */
        public VerifiedFunction {
            instructions = List.copyOf(instructions);
        }
    }

    /** The functions as they were given. */
    public FunctionTable source() {
        return source;
    }

    /** The functions with those of libraries in their places, and further ones behind. */
    public FunctionTable table() {
        return table;
    }

    /** By index; empty where a function was not revealed. */
    public List<Optional<VerifiedFunction>> functions() {
        return functions;
    }
}
