package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.VerifiedCode.VerifiedFunction;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds the functions of a program that are numeric, and makes one class of them. */
final class NumericCompiler {
    static final String CLASS_NAME = "io/wormhole/isa/vm/GeneratedNumericCode";
    private static final String SUPER = "io/wormhole/isa/vm/NumericCode";

    /** HotSpot does not optimise methods over 8000 bytes; an instruction is about 12 of them. */
    private static final int MAX_INSTRUCTIONS = 600;

    private static final int MAX_FUNCTIONS = 64;

    private final List<Optional<VerifiedFunction>> functions;
    private final NumericFunctions numeric;
    private final SortedMap<Integer, Calls> candidates = new TreeMap<>();

    private NumericCompiler(List<Optional<VerifiedFunction>> functions) {
        this.functions = functions;
        this.numeric = new NumericFunctions(functions);
    }

    /** The class, and which functions it has: by their index, the index of the method. */
    record Compiled(@Nullable NumericCode code, Map<Integer, Integer> methods) {}

    private record Calls(Set<Integer> all, Set<Integer> last) {}

    static Compiled compile(List<Optional<VerifiedFunction>> functions) {
        NumericCompiler compiler = new NumericCompiler(functions);
        compiler.findCandidates();
        while (compiler.candidates
                .entrySet()
                .removeIf(each -> compiler.isSpoilt(each.getKey(), each.getValue()))) {
            // Each that goes may take its callers with it.
        }
        return compiler.define();
    }

    private void findCandidates() {
        for (int i = 0; i < functions.size() && candidates.size() < MAX_FUNCTIONS; i++) {
            Optional<VerifiedFunction> function = functions.get(i);
            if (function.isEmpty() || function.get().instructions().size() > MAX_INSTRUCTIONS) {
                continue;
            }
            MethodVisitor nowhere = new MethodVisitor(Opcodes.ASM9) {};
            NumericTranslator trial = translator(nowhere, i);
            if (trial.translate()) {
                candidates.put(i, new Calls(trial.callees(), trial.lastCallees()));
            }
        }
    }

    private NumericTranslator translator(MethodVisitor code, int index) {
        return new NumericTranslator(code, index, numeric);
    }

    private boolean isSpoilt(int index, Calls calls) {
        return !candidates.keySet().containsAll(calls.all())
                || calls.last().stream().anyMatch(last -> reaches(last, index));
    }

    /** A call in last place keeps its JVM frame: only what does not come back may be called so. */
    private boolean reaches(int from, int wanted) {
        Set<Integer> seen = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int at = open.pop();
            if (at == wanted) {
                return true;
            }
            Calls calls = candidates.get(at);
            if (calls != null && seen.add(at)) {
                open.addAll(calls.all());
            }
        }
        return false;
    }

    private Compiled define() {
        if (candidates.isEmpty()) {
            return new Compiled(null, Map.of());
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, CLASS_NAME, null, SUPER, null);
        constructor(writer);
        Map<Integer, Integer> methods = new TreeMap<>();
        candidates.keySet().forEach(index -> methods.put(index, methods.size()));
        for (int index : candidates.keySet()) {
            MethodVisitor code =
                    writer.visitMethod(
                            Opcodes.ACC_STATIC,
                            NumericEmitter.methodName(index),
                            NumericEmitter.descriptor(arity(index)),
                            null,
                            null);
            translator(code, index).translate();
        }
        dispatcher(writer, methods);
        writer.visitEnd();
        return load(writer, methods);
    }

    private static Compiled load(ClassWriter writer, Map<Integer, Integer> methods) {
        try {
            Object made =
                    MethodHandles.lookup()
                            .defineHiddenClass(writer.toByteArray(), true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
            return new Compiled((NumericCode) made, methods);
        } catch (MethodTooLargeException tooLarge) {
            return new Compiled(null, Map.of());
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("generated code cannot be loaded", broken);
        }
    }

    private int arity(int index) {
        return functions.get(index).orElseThrow().function().arity();
    }

    private static void constructor(ClassWriter writer) {
        MethodVisitor init = writer.visitMethod(0, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
        init.visitInsn(Opcodes.RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
    }

    /** The method that reads arguments from the stack and calls the static method asked for. */
    private void dispatcher(ClassWriter writer, Map<Integer, Integer> methods) {
        MethodVisitor run =
                writer.visitMethod(0, "run", "(ILio/wormhole/isa/vm/Machine;[JI)J", null, null);
        run.visitCode();
        Label[] labels = new Label[methods.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new Label();
        }
        run.visitVarInsn(Opcodes.ILOAD, 1);
        run.visitTableSwitchInsn(0, labels.length - 1, labels[0], labels);
        methods.forEach(
                (index, method) -> {
                    run.visitLabel(labels[method]);
                    run.visitVarInsn(Opcodes.ALOAD, 2);
                    run.visitInsn(Opcodes.ICONST_0);
                    run.visitVarInsn(Opcodes.ALOAD, 2);
                    run.visitFieldInsn(
                            Opcodes.GETFIELD, "io/wormhole/isa/vm/Machine", "timeLeft", "J");
                    for (int slot = 0; slot < arity(index); slot++) {
                        run.visitVarInsn(Opcodes.ALOAD, 3);
                        run.visitVarInsn(Opcodes.ILOAD, 4);
                        run.visitIntInsn(Opcodes.SIPUSH, slot);
                        run.visitInsn(Opcodes.IADD);
                        run.visitInsn(Opcodes.LALOAD);
                    }
                    run.visitMethodInsn(
                            Opcodes.INVOKESTATIC,
                            CLASS_NAME,
                            NumericEmitter.methodName(index),
                            NumericEmitter.descriptor(arity(index)),
                            false);
                    run.visitInsn(Opcodes.LRETURN);
                });
        run.visitMaxs(0, 0);
        run.visitEnd();
    }
}
