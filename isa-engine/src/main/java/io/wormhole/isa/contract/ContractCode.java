package io.wormhole.isa.contract;

import io.wormhole.isa.bytecode.FunctionCode;
import io.wormhole.isa.bytecode.FunctionTable;
import io.wormhole.isa.bytecode.RevealedCode;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.vm.Program;
import io.wormhole.isa.vm.Vm;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;
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

    /** Arguments of an entry that reads answers of oracles: their final roots come last. */
    public static final int ANSWERED_ENTRY_ARITY = 4;

    /** Translating to JVM code costs about a thousand runs of a small contract. */
    private static final int COMPILE_AFTER_RUNS = 1_000;

    /** Of code, in bytes; made ready to run it takes about ten times as much. */
    private static final long CACHED_BYTES = 4L * 1024 * 1024;

    private static final CodeCache LOADED = new CodeCache(CACHED_BYTES);

    private final Hash hash;
    private final boolean readsAnswers;
    private volatile Program program;
    private int runs;

    private ContractCode(Program program, boolean readsAnswers) {
        this.program = program;
        this.readsAnswers = readsAnswers;
        this.hash = program.table().commitment();
    }

    /**
     * Loads module bytes, or revealed code. Code that was loaded lately is not verified again.
     *
     * @throws IllegalArgumentException naming the fault, when the bytes are no code, the verifier
     *     refuses it, or function 0 is not {@code contract} with three or four arguments
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
                || !isEntry(entry.get().arity())) {
            throw new IllegalArgumentException(
                    "function 0 must be contract(terms, state, message) or"
                            + " contract(terms, state, message, answers)");
        }
        return new ContractCode(Vm.load(table), entry.get().arity() == ANSWERED_ENTRY_ARITY);
    }

    /** Whether an entry may have so many arguments. */
    public static boolean isEntry(int arity) {
        return arity == ENTRY_ARITY || arity == ANSWERED_ENTRY_ARITY;
    }

    /** The commitment over all functions: what a channel state signs as code hash. */
    public Hash hash() {
        return hash;
    }

    /** Whether the entry asks for the final roots of answered questions. */
    public boolean readsAnswers() {
        return readsAnswers;
    }

    /** What the entry is called with; {@code answers} only where it asks for them. */
    List<Value> arguments(TupleValue state, Value message, List<Hash> answers) {
        if (!readsAnswers) {
            return List.of(state.get(0), state.get(1), message);
        }
        ListValue roots =
                ListValue.of(answers.stream().map(root -> Value.of(root.bytes())).toList());
        return List.of(state.get(0), state.get(1), message, roots);
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
