package io.wormhole.isa.bytecode;

/** Why code is refused: the function, the offset in its code, and what is wrong there. */
public record CodeFault(String function, int offset, String what) {
    /** One line for people. */
    @Override
    public String toString() {
        return function + " at byte " + offset + ": " + what;
    }
}
