package io.wormhole.isa.bytecode;

/** What follows an opcode in the code of a function. */
public enum OperandKind {
    /** Nothing. */
    NONE(0),
    /** Eight bytes: a signed integer. */
    INTEGER(8),
    /** Two bytes: an index into the function's constants. */
    CONSTANT(2),
    /** One byte: a slot of the frame, counted from its first argument. */
    SLOT(1),
    /** One byte: a field of a tuple. */
    FIELD(1),
    /** One byte: how many values. */
    COUNT(1),
    /** Two bytes: a function of the module; one byte: how many values. */
    FUNCTION(3);

    private final int size;

    OperandKind(int size) {
        this.size = size;
    }

    /** Length in bytes. */
    public int size() {
        return size;
    }
}
