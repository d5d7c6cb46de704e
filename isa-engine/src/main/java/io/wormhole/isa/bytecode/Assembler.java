package io.wormhole.isa.bytecode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Assembly text to module. {@code fn name(a, b) { … }} declares a function; {@code push} a literal,
 * {@code get} a slot by name or number, {@code as} to name the value on top; {@code if { … } else {
 * … }}; {@code import f from std} names one of a library, {@code interface { … }} describes what
 * goes in and out. Everything else is a mnemonic of the table with its operand.
 */
public final class Assembler {
    private final AssemblySource source;
    private final SourceMap positions;
    private final Map<String, Signature> signatures;

    private Assembler(
            AssemblySource source, Map<String, Signature> signatures, SourceMap positions) {
        this.positions = positions;
        this.source = source;
        this.signatures = signatures;
    }

    /** A declared function, as far as callers need it. */
    record Signature(int index, int arity) {}

    /**
     * The module that {@code text} describes; it is not verified yet.
     *
     * @throws AssemblyException with line and column of the first fault
     */
    public static CodeModule assemble(String text) {
        return assemble(text, new SourceMap(text));
    }

    /** The same, and {@code positions} learns where each instruction comes from. */
    public static CodeModule assemble(String text, SourceMap positions) {
        Assembler assembler = new Assembler(new AssemblySource(text), signatures(text), positions);
        List<FunctionCode> functions = new ArrayList<>();
        while (!assembler.source.atEnd()) {
            functions.add(assembler.item());
        }
        try {
            return new CodeModule(functions);
        } catch (IllegalArgumentException refused) {
            throw assembler.source.fault(String.valueOf(refused.getMessage()));
        }
    }

    /** A first pass over the heads of functions, because a call may precede the declaration. */
    private static Map<String, Signature> signatures(String text) {
        AssemblySource source = new AssemblySource(text);
        Map<String, Signature> signatures = new LinkedHashMap<>();
        int open = 0;
        while (!source.atEnd()) {
            if (open == 0 && source.nextIf("import")) {
                LibraryImport found = InterfaceAssembly.libraryImport(source);
                if (signatures.put(found.name(), new Signature(signatures.size(), found.arity()))
                        != null) {
                    throw source.fault("two functions are called " + found.name());
                }
            } else if (open == 0 && source.nextIf("interface")) {
                InterfaceAssembly.read(source);
                signatures.put(ModuleInterface.FUNCTION, new Signature(signatures.size(), 0));
            } else if (source.nextIf("fn")) {
                String name = source.next();
                Signature signature = new Signature(signatures.size(), parameters(source).size());
                if (signatures.put(name, signature) != null) {
                    throw source.fault("two functions are called " + name);
                }
            } else if (source.peek().startsWith("\"") || source.peek().startsWith("#")) {
                source.literal();
            } else {
                String token = source.next();
                open += token.endsWith("{") ? 1 : token.equals("}") && open > 0 ? -1 : 0;
            }
        }
        return signatures;
    }

    private static List<String> parameters(AssemblySource source) {
        List<String> names = new ArrayList<>();
        source.expect("(");
        while (!source.nextIf(")")) {
            if (!names.isEmpty()) {
                source.expect(",");
            }
            names.add(source.next());
        }
        return names;
    }

    /** A function, one of a library, or the interface, which become functions too. */
    private FunctionCode item() {
        if (source.nextIf("import")) {
            return InterfaceAssembly.libraryImport(source).toFunction();
        }
        return source.nextIf("interface")
                ? InterfaceAssembly.read(source).toFunction()
                : function();
    }

    private FunctionCode function() {
        source.expect("fn");
        String name = source.next();
        FunctionAssembly body = new FunctionAssembly(source, parameters(source));
        source.expect("{");
        if (source.nextIf("pool")) {
            body.pool(source.literal());
        }
        block(body);
        body.describe(name, positions);
        try {
            return body.finish(name);
        } catch (IllegalArgumentException refused) {
            throw source.fault(String.valueOf(refused.getMessage()));
        }
    }

    /** Instructions up to the closing brace. */
    private void block(FunctionAssembly body) {
        while (!source.nextIf("}")) {
            String word = source.next();
            body.beginWord();
            switch (word) {
                case "push" -> body.push(source.literal());
                case "const" -> constant(body);
                case "as" -> body.name(source.next());
                case "if" -> choice(body);
                default -> instruction(body, word);
            }
        }
    }

    private void constant(FunctionAssembly body) {
        if (source.nextIf("@")) {
            body.constantAt(source.number(CodeLimits.MAX_CONSTANTS));
        } else {
            body.constant(source.literal());
        }
    }

    private void choice(FunctionAssembly body) {
        if (body.depth() == CodeLimits.MAX_NESTING) {
            throw source.fault("choices nest at most " + CodeLimits.MAX_NESTING + " deep");
        }
        body.emit(Opcode.IF, 0, 0);
        body.openBranch();
        source.expect("{");
        block(body);
        body.emit(Opcode.ELSE, 0, 0);
        body.switchBranch();
        if (source.nextIf("else")) {
            source.expect("{");
            block(body);
        }
        body.emit(Opcode.END, 0, 0);
        body.closeBranch();
    }

    private void instruction(FunctionAssembly body, String word) {
        Optional<Opcode> known = Opcode.ofMnemonic(word);
        if (known.isEmpty() || known.get() == Opcode.ELSE || known.get() == Opcode.END) {
            throw source.fault("no instruction is called '" + word + "'");
        }
        Opcode opcode = known.get();
        switch (opcode.operand()) {
            case INTEGER -> body.integer(source.literal());
            case SLOT -> body.emit(opcode, body.slot(source.next()), 0);
            case FIELD -> body.emit(opcode, source.number(255), 0);
            case COUNT -> body.emit(opcode, 0, source.number(255));
            case FUNCTION -> callee(body, opcode);
            default -> body.emit(opcode, 0, 0);
        }
    }

    private void callee(FunctionAssembly body, Opcode opcode) {
        String name = source.next();
        Signature callee = signatures.get(name);
        if (callee == null) {
            throw source.fault("no function is called '" + name + "'");
        }
        int count = opcode == Opcode.CLOSURE ? source.number(callee.arity()) : callee.arity();
        body.emit(opcode, callee.index(), count);
    }
}
