package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.FunctionTable;
import io.wormhole.isa.bytecode.VerifiedCode;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import io.wormhole.isa.value.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verified code made ready to run: choices resolved to jumps, calls in last place to tail calls,
 * prices written beside the instructions. Immutable; one can serve any number of runs at a time.
 */
public final class Program {
    /** Cells of a frame besides its slots. */
    static final int FRAME_CELLS = 4;

    final int[] words;
    final Value[] constants;
    final Operation[] operations;
    final int[] entries;
    final int[] arities;
    final int[] heights;

    final CompiledFunction[] compiled;
    final @Nullable NumericCode numeric;
    final ProgramBuilder.Layout[] layouts;

    private final @Nullable Program plain;
    private final FunctionTable table;
    private final int ownFunctions;
    private final List<Optional<VerifiedFunction>> functions;

    private Program(VerifiedCode code, ProgramBuilder built) {
        this.table = code.table();
        this.ownFunctions = code.source().size();
        List<Optional<VerifiedFunction>> functions = code.functions();
        this.functions = functions;
        this.compiled = new CompiledFunction[0];
        this.numeric = null;
        this.plain = null;
        this.layouts = built.layouts();
        this.words = built.words();
        this.constants = built.constants();
        this.operations = built.operations();
        this.entries = built.entries();
        this.arities = new int[functions.size()];
        this.heights = new int[functions.size()];
        for (int i = 0; i < arities.length; i++) {
            Optional<VerifiedFunction> function = functions.get(i);
            arities[i] = function.map(known -> known.function().arity()).orElse(0);
            heights[i] = function.map(VerifiedFunction::maxHeight).orElse(0);
        }
    }

    /** The compiled form of {@code plain}. */
    Program(
            Program plain,
            int[] words,
            int[] entries,
            CompiledFunction[] compiled,
            @Nullable NumericCode numeric) {
        this.plain = plain;
        this.numeric = numeric;
        this.words = words;
        this.constants = plain.constants;
        this.operations = plain.operations;
        this.entries = entries;
        this.arities = plain.arities;
        this.heights = plain.heights;
        this.compiled = compiled;
        this.layouts = plain.layouts;
        this.table = plain.table;
        this.ownFunctions = plain.ownFunctions;
        this.functions = plain.functions;
    }

    /** Makes {@code code} ready. */
    public static Program of(VerifiedCode code) {
        ProgramBuilder builder = new ProgramBuilder();
        code.functions().forEach(builder::add);
        return new Program(code, builder);
    }

    /** The functions that the program was made from. */
    public FunctionTable table() {
        return table;
    }

    /** How many functions the module itself has; those of libraries come after them. */
    int ownFunctions() {
        return ownFunctions;
    }

    /**
     * The same program with its functions translated to JVM code: same results, same traps, same
     * gas. Worth its while for programs that run often.
     */
    public Program compiled() {
        return compiled.length > 0 ? this : ProgramCompiler.compile(this, functions);
    }

    /** The same program for the interpreter alone. */
    Program interpreted() {
        return plain == null ? this : plain;
    }

    boolean isKnown(int function) {
        return entries[function] >= 0;
    }

    String nameOf(int function) {
        return table.function(function).map(known -> known.name()).orElse("function " + function);
    }
}
