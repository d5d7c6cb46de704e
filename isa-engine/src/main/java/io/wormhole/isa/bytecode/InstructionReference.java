package io.wormhole.isa.bytecode;

/** The instruction table as a page of documentation. */
public final class InstructionReference {
    private static final String HEAD =
            """
            # Instructions

            Generated from the opcode table, which assembler, verifier, machine and meter read as well.

            *Takes* and *gives* count values on the stack; *n* is the number in the operand. *Time* is the
            price in time gas: a base, and a rate for each unit that the work grows with. Operands stand on
            the stack in the order in which the text names them, the last one on top. An operand of another
            type than the text says traps.

            | code | word | operand | takes | gives | time | what it does |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private InstructionReference() {}

    /** The page, in Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Opcode opcode : Opcode.values()) {
            page.append(
                    "| %02x | `%s` | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    opcode.code(),
                                    opcode.mnemonic(),
                                    operand(opcode.operand()),
                                    effect(opcode.pops()),
                                    effect(opcode.pushes()),
                                    price(opcode.cost()),
                                    opcode.summary()));
        }
        return page.toString();
    }

    private static String operand(OperandKind kind) {
        return switch (kind) {
            case NONE -> "";
            case INTEGER -> "integer, 8 bytes";
            case CONSTANT -> "constant, 2 bytes";
            case SLOT -> "slot, 1 byte";
            case FIELD -> "field, 1 byte";
            case COUNT -> "n, 1 byte";
            case FUNCTION -> "function, 2 bytes; n, 1 byte";
        };
    }

    private static String effect(Opcode.Effect effect) {
        if (!effect.counted()) {
            return Integer.toString(effect.fixed());
        }
        return effect.fixed() == 0 ? "n" : "n + " + effect.fixed();
    }

    private static String price(Opcode.Cost cost) {
        return cost.growth() == Growth.NONE
                ? Integer.toString(cost.base())
                : cost.base() + " + " + cost.rate() + " per " + cost.growth().unit();
    }
}
