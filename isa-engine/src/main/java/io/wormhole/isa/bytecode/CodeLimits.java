package io.wormhole.isa.bytecode;

/** The sizes beyond which code is refused. */
public final class CodeLimits {
    /** Encoded module, in bytes. */
    public static final int MAX_MODULE_BYTES = 256 * 1024;

    /** Functions of a module. */
    public static final int MAX_FUNCTIONS = 1024;

    /** Code of one function, in bytes. */
    public static final int MAX_CODE_BYTES = 32 * 1024;

    /** Constants of one function. */
    public static final int MAX_CONSTANTS = 1024;

    /** Length of a function's name, in bytes. */
    public static final int MAX_NAME_BYTES = 64;

    /** Arguments of a function. */
    public static final int MAX_ARITY = 32;

    /** Values that one frame holds at a time, arguments included. */
    public static final int MAX_HEIGHT = 255;

    /** Choices inside choices. */
    public static final int MAX_NESTING = 64;

    private CodeLimits() {}
}
