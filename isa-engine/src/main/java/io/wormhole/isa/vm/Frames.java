package io.wormhole.isa.vm;

import java.util.Arrays;

/** Where the callers of the present function go on: a stack of their own, not that of Java. */
final class Frames {
    private static final int WORDS = 3;

    private int[] words = new int[32 * WORDS];
    private int top;

    boolean isEmpty() {
        return top == 0;
    }

    /** How much is on the stack, for {@link #cutTo}. */
    int mark() {
        return top;
    }

    /** Forgets what came after {@code mark}. */
    void cutTo(int mark) {
        top = mark;
    }

    void push(int returnTo, int base, int function) {
        if (top + WORDS > words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        words[top++] = returnTo;
        words[top++] = base;
        words[top++] = function;
    }

    /** Takes the last frame away; {@link #returnTo}, {@link #base}, {@link #function} are its. */
    void pop() {
        top -= WORDS;
    }

    int returnTo() {
        return words[top];
    }

    int base() {
        return words[top + 1];
    }

    int function() {
        return words[top + 2];
    }
}
