package io.wormhole.isa.bytecode;

import io.wormhole.protocol.bytes.MalformedBytesException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Accepts only code that cannot misbehave: every instruction finds its operands within its own
 * frame, both branches of a choice leave equally many values (in last place: one at least), calls
 * fit the callee, and no code is unreachable. One pass, linear in the code; afterwards the machine
 * checks types of values alone.
 */
public final class Verifier {
    private final FunctionTable table;
    private final int callable;
    private final FunctionCode function;
    private final Deque<Choice> choices = new ArrayDeque<>();
    private int height;
    private int maxHeight;
    private boolean diverged;

    /** Code may call the {@code callable} first functions of {@code table}. */
    private Verifier(FunctionTable table, int callable, FunctionCode function) {
        this.table = table;
        this.callable = callable;
        this.function = function;
        this.height = function.arity();
        this.maxHeight = function.arity();
    }

    /** An open choice: the height at its start, and what its first branch ended with. */
    private record Choice(int startHeight, Optional<Branch> first) {}

    private record Branch(int height, boolean diverged) {}

    /** Links what {@code code} names of libraries, and checks every function that is known. */
    public static Verification verify(FunctionTable code) {
        Linker.Linked linked = Linker.link(code);
        FunctionTable table = linked.table();
        List<Optional<VerifiedCode.VerifiedFunction>> verified = new ArrayList<>();
        List<CodeFault> faults = new ArrayList<>(linked.faults());
        for (int i = 0; i < table.size(); i++) {
            Optional<FunctionCode> function = table.function(i);
            if (function.isEmpty()) {
                verified.add(Optional.empty());
                continue;
            }
            boolean own = i < code.size() && code.function(i).equals(function);
            int callable = own ? code.size() : table.size();
            try {
                verified.add(Optional.of(new Verifier(table, callable, function.get()).run()));
            } catch (Refusal refusal) {
                faults.add(refusal.fault);
            }
        }
        return faults.isEmpty()
                ? new Verification.Verified(new VerifiedCode(code, table, verified))
                : new Verification.Refused(faults);
    }

    private VerifiedCode.VerifiedFunction run() {
        List<Instruction> instructions;
        try {
            instructions = Instruction.readAll(function.code());
        } catch (MalformedBytesException malformed) {
            throw refusal(0, String.valueOf(malformed.getMessage()));
        }
        boolean[] tail = TailPositions.of(instructions);
        for (int i = 0; i < tail.length; i++) {
            check(instructions.get(i), tail[i]);
        }
        int end = function.code().size();
        if (!choices.isEmpty()) {
            throw refusal(end, "a choice has no end");
        }
        if (!diverged && height < 1) {
            throw refusal(end, "the function ends without a value");
        }
        return new VerifiedCode.VerifiedFunction(function, instructions, maxHeight);
    }

    private void check(Instruction instruction, boolean tail) {
        int offset = instruction.offset();
        switch (instruction.opcode()) {
            case ELSE -> {
                beginSecondBranch(offset);
                return;
            }
            case END -> {
                endChoice(offset, tail);
                return;
            }
            default -> {}
        }
        if (diverged) {
            throw refusal(offset, "nothing can reach '" + instruction.opcode().mnemonic() + "'");
        }
        require(
                instruction.opcode() != Opcode.LIBRARY,
                offset,
                "'library' stands alone in its function");
        checkOperand(instruction);
        move(instruction);
        if (instruction.opcode() == Opcode.IF) {
            if (choices.size() == CodeLimits.MAX_NESTING) {
                throw refusal(offset, "choices nest at most " + CodeLimits.MAX_NESTING + " deep");
            }
            choices.push(new Choice(height, Optional.empty()));
        }
        diverged = instruction.opcode() == Opcode.FAIL;
    }

    private void move(Instruction instruction) {
        if (height < instruction.pops()) {
            throw refusal(
                    instruction.offset(),
                    "'"
                            + instruction.opcode().mnemonic()
                            + "' takes "
                            + instruction.pops()
                            + " values, the frame holds "
                            + height);
        }
        height += instruction.pushes() - instruction.pops();
        maxHeight = Math.max(maxHeight, height);
        if (height > CodeLimits.MAX_HEIGHT) {
            throw refusal(instruction.offset(), "a frame holds at most " + CodeLimits.MAX_HEIGHT);
        }
    }

    private void checkOperand(Instruction instruction) {
        int offset = instruction.offset();
        long operand = instruction.operand();
        switch (instruction.opcode().operand()) {
            case CONSTANT ->
                    require(
                            operand < function.constants().size(),
                            offset,
                            "no constant " + operand);
            case SLOT ->
                    require(
                            operand < height,
                            offset,
                            "no slot " + operand + ", the frame holds " + height);
            case FUNCTION -> checkCallee(instruction);
            default -> {}
        }
    }

    private void checkCallee(Instruction instruction) {
        int index = (int) instruction.operand();
        require(index < callable, instruction.offset(), "no function " + index);
        Optional<FunctionCode> callee = table.function(index);
        if (callee.isEmpty()) {
            return;
        }
        int arity = callee.get().arity();
        boolean fits =
                instruction.opcode() == Opcode.CLOSURE
                        ? instruction.count() <= arity
                        : instruction.count() == arity;
        require(
                fits,
                instruction.offset(),
                callee.get().name() + " takes " + arity + ", given " + instruction.count());
    }

    private void beginSecondBranch(int offset) {
        require(!choices.isEmpty(), offset, "else without if");
        Choice choice = choices.pop();
        require(choice.first().isEmpty(), offset, "a second else");
        Branch first = new Branch(height, diverged);
        choices.push(new Choice(choice.startHeight(), Optional.of(first)));
        height = choice.startHeight();
        diverged = false;
    }

    private void endChoice(int offset, boolean tail) {
        require(!choices.isEmpty(), offset, "end without if");
        Choice choice = choices.pop();
        require(choice.first().isPresent(), offset, "end without else");
        Branch first = choice.first().get();
        if (!first.diverged() && !diverged) {
            // In last place only the topmost value counts, so a loop may keep names in a branch.
            int lower = Math.min(first.height(), height);
            require(
                    first.height() == height || (tail && lower > 0),
                    offset,
                    "the branches leave " + first.height() + " and " + height + " values");
            height = lower;
        } else if (diverged) {
            height = first.height();
        }
        diverged = diverged && first.diverged();
    }

    private void require(boolean holds, int offset, String otherwise) {
        if (!holds) {
            throw refusal(offset, otherwise);
        }
    }

    private Refusal refusal(int offset, String what) {
        return new Refusal(new CodeFault(function.name(), offset, what));
    }

    /** Leaves the function that is being checked; never leaves this class. */
    private static final class Refusal extends RuntimeException {
        private final transient CodeFault fault;

        Refusal(CodeFault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }
    }
}
