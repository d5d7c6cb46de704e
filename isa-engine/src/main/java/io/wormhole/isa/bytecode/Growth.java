package io.wormhole.isa.bytecode;

/** What the work of an instruction grows with; each unit costs the instruction's rate. */
public enum Growth {
    /** The work is constant. */
    NONE("–"),
    /** Cells of the operand with fewer, beyond the first; of byte strings, every eighth. */
    SMALLER_PARTS(
            "cell of the smaller operand (of bytes, every eighth;"
                    + " twice where parts have parts)"),
    /** Cells of integer operands beyond 64 bits. */
    BIG_CELLS("cell beyond 64 bits"),
    /** Begun eight bytes of the byte strings read or made. */
    WORDS("eight bytes"),
    /** Begun sixteen bytes of the byte strings read or made. */
    DOUBLE_WORDS("sixteen bytes"),
    /** Elements or entries passed over. */
    ELEMENTS("element"),
    /** Keys compared on the way, times the key's cells. */
    KEYS("key on the path × cell of the key"),
    /** Values that the operand counts. */
    OPERANDS("value counted by the operand"),
    /** Squarings: bits of the exponent. */
    EXPONENT_BITS("bit of the exponent × cell of the base");

    private final String unit;

    Growth(String unit) {
        this.unit = unit;
    }

    /** The unit, for the instruction reference. */
    public String unit() {
        return unit;
    }
}
