package io.wormhole.isa.contract;

import io.wormhole.isa.bytecode.FunctionCode;
import io.wormhole.isa.bytecode.FunctionTable;
import io.wormhole.isa.bytecode.RevealedCode;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.Optional;

/**
 * Contract code that was decoded, verified and made ready to run: a whole module, or the functions
 * of one that a dispute reveals. Holding one saves that work on every further step.
 */
public final class ContractCode {
    /** The name that function 0 must have. */
    public static final String ENTRY_NAME = "contract";

    /** Arguments of the entry: terms, state, message. */
    public static final int ENTRY_ARITY = 3;

    /** Translating to JVM code costs about a thousand runs of a small contract. */
    private static final int COMPILE_AFTER_RUNS = 1_000;

    /** Of code, in bytes; made ready to run it takes about ten times as much. */
    private static final long CACHED_BYTES = 4L * 1024 * 1024;

    private static final CodeCache LOADED = new CodeCache(CACHED_BYTES);

    private final Hash hash;
    private volatile Program program;
    private int runs;

    private ContractCode(Program program) {
        this.program = program;
        this.hash = program.table().commitment();
    }

    /**
     * Loads module bytes, or revealed code. Code that was loaded lately is not verified again.
     *
     * @throws IllegalArgumentException naming the fault, when the bytes are no code, the verifier
     *     refuses it, or function 0 is not {@code contract} with three arguments
     */
    public static ContractCode load(Bytes encoded) {
        Optional<ContractCode> known = LOADED.find(encoded);
        if (known.isPresent()) {
            return known.get();
        }
        ContractCode loaded = verify(encoded);
        LOADED.remember(encoded, loaded);
        return loaded;
    }

    private static ContractCode verify(Bytes encoded) {
        FunctionTable table = RevealedCode.decodeAny(encoded);
        Optional<FunctionCode> entry = table.function(0);
        if (entry.isEmpty()
                || !entry.get().name().equals(ENTRY_NAME)
                || entry.get().arity() != ENTRY_ARITY) {
            throw new IllegalArgumentException(
                    "function 0 must be contract(terms, state, message)");
        }
        return new ContractCode(Vm.load(table));
    }

    /** The commitment over all functions: what a channel state signs as code hash. */
    public Hash hash() {
        return hash;
    }

    /** The program to run now: after many runs its compiled form, which gives the same results. */
    Program program() {
        // Threads may miss each other's counts; then it is compiled a little later.
        if (runs < COMPILE_AFTER_RUNS && ++runs == COMPILE_AFTER_RUNS) {
            program = program.compiled();
        }
        return program;
    }
}
