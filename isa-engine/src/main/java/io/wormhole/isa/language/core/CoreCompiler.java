package io.wormhole.isa.language.core;

import io.wormhole.isa.bytecode.CodeLimits;
import io.wormhole.isa.bytecode.CodeModule;
import io.wormhole.isa.bytecode.FunctionCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/**
 * Core form to bytecode. Local functions become functions of the module that take what they use
 * from outside as first arguments; names become words of the module ({@code attestedBytes} and
 * {@code attested.bytes} both {@code attested_bytes}).
 */
public final class CoreCompiler {
    private final Choices choices;
    private final Map<Integer, List<Variable>> captured;
    private final Map<Integer, Lifted> lifted = new HashMap<>();
    private final List<Lifted> queue = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private CoreCompiler(CoreModule module, Choices choices) {
        this.choices = choices;
        this.captured = FreeVariables.of(module);
    }

    /** A function with its place in the module, its name there, and what it captures. */
    record Lifted(int index, String name, CoreFunction function, List<Variable> captures) {
        List<Variable> parameters() {
            List<Variable> all = new ArrayList<>(captures);
            all.addAll(function.parameters());
            return all;
        }
    }

    /** What the translation gives. */
    public record Result(CodeModule module, List<NavigableMap<Integer, Position>> positions) {
        /** Copies the list. */
        public Result {
            positions = List.copyOf(positions);
        }
    }

    /**
     * Translates {@code module}.
     *
     * @throws RefusedSource where a limit of the bytecode is exceeded
     */
    public static Result compile(CoreModule module, Choices choices) {
        CoreCompiler compiler = new CoreCompiler(module, choices);
        for (CoreFunction function : module.functions()) {
            String name = moduleName(function.id().name());
            if (compiler.names.contains(name)) {
                throw new RefusedSource(
                        function.at(), "two functions would be called " + name, "rename one");
            }
            compiler.add(function, name, List.of());
        }
        List<FunctionCode> code = new ArrayList<>();
        List<NavigableMap<Integer, Position>> positions = new ArrayList<>();
        for (int i = 0; i < compiler.queue.size(); i++) {
            Lifted next = compiler.queue.get(i);
            FunctionEmitter emitter = new FunctionEmitter(compiler, next);
            code.add(emitter.emit());
            positions.add(emitter.positions());
        }
        requireFunctions(code.size());
        return new Result(new CodeModule(code), positions);
    }

    private static void requireFunctions(int count) {
        if (count == 0) {
            throw new RefusedSource(
                    Position.START, "there is no function in this file", "write one");
        }
        if (count > CodeLimits.MAX_FUNCTIONS) {
            throw new RefusedSource(
                    Position.START,
                    "this becomes "
                            + count
                            + " functions, loops and inner functions among them; the machine takes "
                            + CodeLimits.MAX_FUNCTIONS,
                    "make the contract smaller");
        }
    }

    Choices choices() {
        return choices;
    }

    /** Makes the local {@code function} a function of the module, named after its owner. */
    void lift(CoreFunction function, Lifted owner) {
        String own = moduleName(function.id().name());
        String base = owner.name() + "_" + own;
        String name = base;
        for (int i = 2; names.contains(cut(name)); i++) {
            name = base + "_" + i;
        }
        add(function, cut(name), captured.getOrDefault(function.id().number(), List.of()));
    }

    /** The place of {@code routine} in the module, which has it from its first use on. */
    int index(Routine routine, Lifted owner) {
        int number = routine.function().id().number();
        if (!lifted.containsKey(number)) {
            choices.addAll(routine.choices());
            captured.putAll(routine.captured());
            lift(routine.function(), owner);
        }
        return lifted(routine.function().id()).index();
    }

    private void add(CoreFunction function, String name, List<Variable> captures) {
        if (queue.size() == CodeLimits.MAX_FUNCTIONS) {
            throw new RefusedSource(
                    function.at(),
                    "more than " + CodeLimits.MAX_FUNCTIONS + " functions, local ones included",
                    "make the contract smaller");
        }
        if (captures.size() + function.parameters().size() > CodeLimits.MAX_ARITY) {
            throw new RefusedSource(
                    function.at(),
                    function.id().name()
                            + " takes or uses more than "
                            + CodeLimits.MAX_ARITY
                            + " values",
                    "pass a tuple or a map");
        }
        names.add(name);
        Lifted entry = new Lifted(queue.size(), name, function, captures);
        queue.add(entry);
        lifted.put(function.id().number(), entry);
    }

    Lifted lifted(FunctionId id) {
        Lifted found = lifted.get(id.number());
        if (found == null) {
            throw new IllegalStateException("no function " + id);
        }
        return found;
    }

    private static String cut(String name) {
        int most = CodeLimits.MAX_NAME_BYTES;
        return name.length() <= most
                ? name
                : name.substring(0, most / 2) + name.substring(name.length() - most / 2);
    }

    /** {@code attestedBytes}, {@code attested.bytes} → {@code attested_bytes}. */
    static String moduleName(String name) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean upper = c >= 'A' && c <= 'Z';
            boolean part = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean begins = upper && i > 0 && !isUpper(name.charAt(i - 1));
            if (begins && word.length() > 0 && word.charAt(word.length() - 1) != '_') {
                word.append('_');
            }
            word.append(part ? lower(c, upper) : '_');
        }
        String plain = word.toString();
        boolean letterFirst = !plain.isEmpty() && plain.charAt(0) >= 'a' && plain.charAt(0) <= 'z';
        return cut(letterFirst ? plain : "f" + plain);
    }

    private static char lower(char c, boolean upper) {
        return upper ? (char) (c - 'A' + 'a') : c;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
