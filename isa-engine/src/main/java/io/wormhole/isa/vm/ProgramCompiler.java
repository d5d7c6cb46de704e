package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.bytecode.TailPositions;
import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.objectweb.asm.MethodTooLargeException;

/**
 * The compiled form of a program: the same words, and behind them for each compiled function an
 * entry that runs its JVM code, and for each of its calls the call followed by a way back into that
 * code. The interpreter stays in charge of frames, so depth of recursion is its own matter.
 */
final class ProgramCompiler {
    /**
     * HotSpot does not optimise methods over 8000 bytes; the class around it adds about as much.
     */
    private static final int MAX_CLASS_BYTES = 16_000;

    /** Instructions times values in the frame: what the exits of a function grow with. */
    private static final int MAX_FUNCTION_WORK = 10_000;

    /** Further functions stay in the interpreter, so that a hostile module compiles quickly too. */
    private static final int MAX_FUNCTIONS = 64;

    private final Program program;
    private final NumericCompiler.Compiled numeric;
    private final List<CompiledFunction> compiled = new ArrayList<>();
    private final int[] entries;
    private int[] words;

    private ProgramCompiler(Program program, NumericCompiler.Compiled numeric) {
        this.program = program;
        this.numeric = numeric;
        this.words = program.words.clone();
        this.entries = program.entries.clone();
    }

    static Program compile(Program program, List<Optional<VerifiedFunction>> functions) {
        ProgramCompiler compiler = new ProgramCompiler(program, NumericCompiler.compile(functions));
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i).isPresent()) {
                compiler.add(i, functions.get(i).get());
            }
        }
        return new Program(
                program,
                compiler.words,
                compiler.entries,
                compiler.compiled.toArray(CompiledFunction[]::new),
                compiler.numeric.code());
    }

    private void add(int index, VerifiedFunction function) {
        long work = (long) function.instructions().size() * (function.maxHeight() + 1);
        if (work > MAX_FUNCTION_WORK || compiled.size() == MAX_FUNCTIONS) {
            return;
        }
        ProgramBuilder.Layout layout = program.layouts[index];
        int[] calls = resumedCalls(function);
        int number = compiled.size();
        int start = words.length;
        // Entry: run from point 0. Then for each call: the call's own words, run from its point.
        int[] added = new int[3 + 6 * calls.length];
        added[0] = Word.COMPILED;
        added[1] = number;
        added[2] = 0;
        int[] trampolines = new int[calls.length];
        for (int k = 0; k < calls.length; k++) {
            int at = 3 + 6 * k;
            trampolines[k] = start + at;
            System.arraycopy(program.words, layout.starts[calls[k]], added, at, 3);
            added[at + 3] = Word.COMPILED;
            added[at + 4] = number;
            added[at + 5] = k + 1;
        }
        Emitter emitter = new Emitter(trampolines);
        List<Operation> operations = new ArrayList<>(Arrays.asList(program.operations));
        new FunctionCompiler(emitter, index, function, layout, operations).compile(calls);
        Optional<CompiledFunction> made = define(emitter, operations);
        if (made.isPresent()) {
            compiled.add(made.get());
            entries[index] = start;
            append(added);
            addNumeric(index, layout);
        }
    }

    /** The calls that are followed by something, by index of the instruction. */
    private static int[] resumedCalls(VerifiedFunction function) {
        List<Instruction> instructions = function.instructions();
        boolean[] tail = TailPositions.of(instructions);
        return IntStream.range(0, tail.length)
                .filter(i -> instructions.get(i).opcode() == Opcode.CALL && !tail[i])
                .toArray();
    }

    /** Numeric code comes first; where it gives up, what was the entry before goes on. */
    private void addNumeric(int index, ProgramBuilder.Layout layout) {
        Integer method = numeric.methods().get(index);
        if (method != null) {
            int returnAt = layout.starts[layout.starts.length - 1];
            int next = entries[index];
            entries[index] = words.length;
            append(Word.NUMERIC, method, returnAt, Word.JUMP, next);
        }
    }

    private void append(int... added) {
        int start = words.length;
        words = Arrays.copyOf(words, start + added.length);
        System.arraycopy(added, 0, words, start, added.length);
    }

    private static Optional<CompiledFunction> define(Emitter emitter, List<Operation> operations) {
        try {
            byte[] bytes = emitter.toBytes();
            if (bytes.length > MAX_CLASS_BYTES) {
                return Optional.empty();
            }
            Object made =
                    MethodHandles.lookup()
                            .defineHiddenClass(bytes, true)
                            .lookupClass()
                            .getDeclaredConstructor(Operation[].class)
                            .newInstance((Object) operations.toArray(Operation[]::new));
            return Optional.of((CompiledFunction) made);
        } catch (MethodTooLargeException tooLarge) {
            return Optional.empty();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("generated code cannot be loaded", broken);
        }
    }
}
