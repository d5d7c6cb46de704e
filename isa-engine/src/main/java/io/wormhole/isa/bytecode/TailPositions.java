package io.wormhole.isa.bytecode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Where choices end, and which instructions have nothing after them but ends of choices. */
public final class TailPositions {
    private TailPositions() {}

    /** By index of the instruction; one pass, and no harm where choices are not closed. */
    public static boolean[] of(List<Instruction> instructions) {
        int count = instructions.size();
        boolean[] tail = new boolean[count];
        boolean endsFunction = true;
        Deque<Boolean> ends = new ArrayDeque<>();
        for (int i = count - 1; i >= 0; i--) {
            tail[i] = endsFunction;
            switch (instructions.get(i).opcode()) {
                case END -> ends.push(endsFunction);
                case ELSE -> endsFunction = !ends.isEmpty() && ends.element();
                case IF -> {
                    ends.poll();
                    endsFunction = false;
                }
                default -> endsFunction = false;
            }
        }
        return tail;
    }

    /** The end of the choice whose {@code else}, or end, is instruction {@code at}. */
    public static int endOf(List<Instruction> instructions, int at) {
        int open = 0;
        int next = at;
        while (open > 0 || instructions.get(next).opcode() != Opcode.END) {
            Opcode opcode = instructions.get(next).opcode();
            open += opcode == Opcode.IF ? 1 : opcode == Opcode.END ? -1 : 0;
            next++;
        }
        return next;
    }
}
