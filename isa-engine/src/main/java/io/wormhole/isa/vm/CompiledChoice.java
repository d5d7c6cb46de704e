package io.wormhole.isa.vm;

import org.objectweb.asm.Label;

/** A choice in a function whose branches are being translated, and what is known at their ends. */
final class CompiledChoice {
    final Label otherwise = new Label();
    final Label end = new Label();

    /** Which slots are known to hold numbers where the second branch begins. */
    final boolean[] small;

    final int height;
    final int pending;
    final boolean deadBefore;
    boolean endReached;
    int endHeight;

    CompiledChoice(boolean[] small, int height, int pending, boolean deadBefore) {
        this.small = small.clone();
        this.height = height;
        this.pending = pending;
        this.deadBefore = deadBefore;
    }
}
