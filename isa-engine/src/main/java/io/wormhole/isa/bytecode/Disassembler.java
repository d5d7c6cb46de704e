package io.wormhole.isa.bytecode;

import io.wormhole.isa.value.Value;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Module to assembly text, from which {@link Assembler} makes the same module again. */
public final class Disassembler {
    private final CodeModule module;
    private final StringBuilder out = new StringBuilder();

    private Disassembler(CodeModule module) {
        this.module = module;
    }

    /** The text of {@code module}; refuses one that the verifier refuses. */
    public static String disassemble(CodeModule module) {
        if (Verifier.verify(module) instanceof Verification.Refused refused) {
            throw new IllegalArgumentException(refused.faults().get(0).toString());
        }
        Disassembler disassembler = new Disassembler(module);
        for (FunctionCode function : module.functions()) {
            disassembler.function(function);
        }
        return disassembler.out.toString();
    }

    private void function(FunctionCode function) {
        Optional<LibraryImport> imported = LibraryImport.of(function);
        if (imported.isPresent()) {
            Hash library = imported.get().library();
            out.append("import ").append(function.name()).append(" from ");
            out.append(StandardLibrary.nameOf(library).orElse("#" + library.toHex())).append('\n');
            return;
        }
        List<Instruction> instructions = Instruction.readAll(function.code());
        boolean natural = hasNaturalPool(function, instructions);
        if (out.length() > 0) {
            out.append('\n');
        }
        String parameters =
                IntStream.range(0, function.arity())
                        .mapToObj(i -> "a" + i)
                        .collect(Collectors.joining(", "));
        out.append("fn ").append(function.name()).append('(').append(parameters).append(") {\n");
        if (!natural) {
            out.append("    pool ").append(Value.list(function.constants().toArray(Value[]::new)));
            out.append('\n');
        }
        int indent = 1;
        for (Instruction instruction : instructions) {
            Opcode opcode = instruction.opcode();
            indent -= opcode == Opcode.ELSE || opcode == Opcode.END ? 1 : 0;
            out.append("    ".repeat(Math.max(1, indent)));
            out.append(text(function, instruction, natural)).append('\n');
            indent += opcode == Opcode.ELSE || opcode == Opcode.IF ? 1 : 0;
        }
        out.append("}\n");
    }

    /** Whether reading the constants in order of use gives the pool back. */
    private static boolean hasNaturalPool(FunctionCode function, List<Instruction> instructions) {
        List<Value> used = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction.opcode() == Opcode.CONST) {
                int index = (int) instruction.operand();
                Value constant = function.constants().get(index);
                if (!used.contains(constant)) {
                    used.add(constant);
                }
                if (used.indexOf(constant) != index) {
                    return false;
                }
            }
        }
        return used.equals(function.constants());
    }

    private String text(FunctionCode function, Instruction instruction, boolean natural) {
        String mnemonic = instruction.opcode().mnemonic();
        long operand = instruction.operand();
        return switch (instruction.opcode().operand()) {
            case INTEGER -> "push " + operand;
            case CONSTANT ->
                    natural
                            ? "const " + function.constants().get((int) operand)
                            : "const @" + operand;
            case SLOT -> mnemonic + " " + operand;
            case FIELD -> mnemonic + " " + operand;
            case COUNT -> mnemonic + " " + instruction.count();
            case FUNCTION -> mnemonic + " " + callee(instruction);
            default -> bracket(instruction.opcode(), mnemonic);
        };
    }

    private String callee(Instruction instruction) {
        String name = module.functions().get((int) instruction.operand()).name();
        return instruction.opcode() == Opcode.CLOSURE ? name + " " + instruction.count() : name;
    }

    private static String bracket(Opcode opcode, String mnemonic) {
        return switch (opcode) {
            case IF -> "if {";
            case ELSE -> "} else {";
            case END -> "}";
            default -> mnemonic;
        };
    }
}
