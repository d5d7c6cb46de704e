package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.FunctionTable;
import io.wormhole.isa.bytecode.Verification;
import io.wormhole.isa.bytecode.Verifier;
import io.wormhole.isa.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Runs programs. */
public final class Vm {
    private Vm() {}

    /**
     * Verifies {@code code} and makes it ready to run.
     *
     * @throws IllegalArgumentException with the first fault, when the verifier refuses it
     */
    public static Program load(FunctionTable code) {
        Verification verification = Verifier.verify(code);
        if (verification instanceof Verification.Verified verified) {
            return Program.of(verified.code());
        }
        Verification.Refused refused = (Verification.Refused) verification;
        throw new IllegalArgumentException(refused.faults().get(0).toString());
    }

    /** Runs function {@code function}, by index; never throws. */
    public static Execution run(
            Program program, int function, List<Value> arguments, GasLimit limit) {
        return new Interpreter(program, limit).run(function, arguments);
    }

    /** Runs the function called {@code name}; never throws. */
    public static Execution run(
            Program program, String name, List<Value> arguments, GasLimit limit) {
        Optional<Integer> index = program.table().indexOf(name);
        return run(program, index.orElse(-1), arguments, limit);
    }

    /** Which functions a run enters: those that must be revealed for it to be repeated. */
    public static SortedSet<Integer> functionsThatRun(
            Program program, int function, List<Value> arguments, GasLimit limit) {
        Interpreter interpreter = new Interpreter(program.interpreted(), limit);
        interpreter.run(function, arguments);
        SortedSet<Integer> indices = new TreeSet<>();
        boolean[] entered = interpreter.entered();
        // What a library gave lies beyond the module's own functions, and is known to everybody.
        int own = program.ownFunctions();
        for (int i = 0; i < own; i++) {
            if (entered[i]) {
                indices.add(i);
            }
        }
        return indices;
    }
}
