package io.wormhole.isa.bytecode;

/** A fault in assembly text; the message names line and column, from 1. */
public final class AssemblyException extends IllegalArgumentException {
    AssemblyException(int line, int column, String what) {
        super("line " + line + ", column " + column + ": " + what);
    }
}
