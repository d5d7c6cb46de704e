package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import java.util.Arrays;
import java.util.List;

/**
 * What is known at one place of a numeric function while it is translated: of each slot its kind,
 * its range, and which slot it is a copy of; and what of the meters is up to date.
 */
final class NumericFrame {
    private static final int NO_COPY = -1;

    /** What a slot holds. */
    enum Kind {
        NUMBER,
        TRUTH
    }

    private final Kind[] kinds;
    private final Range[] ranges;
    private final int[] copyOf;

    /** How many slots are in use. */
    int height;

    /** Time that was not yet taken off. */
    int pending;

    /** Instructions before this one are in {@link #pending}, or paid. */
    int pricedTo;

    /** How many cells beyond this frame were found to be allowed on the way here. */
    int cellsChecked;

    /** Whether the time left stands in the machine's field rather than in the local variable. */
    boolean timeInField;

    /** A frame of {@code arity} numbers of which nothing is known. */
    NumericFrame(int arity, int maxHeight) {
        this.kinds = new Kind[maxHeight + 1];
        this.ranges = new Range[maxHeight + 1];
        this.copyOf = new int[maxHeight + 1];
        this.height = arity;
        Arrays.fill(kinds, Kind.NUMBER);
        Arrays.fill(ranges, Range.ALL);
        Arrays.fill(copyOf, NO_COPY);
    }

    private NumericFrame(NumericFrame other) {
        this.kinds = other.kinds.clone();
        this.ranges = other.ranges.clone();
        this.copyOf = other.copyOf.clone();
        this.height = other.height;
        this.pending = other.pending;
        this.pricedTo = other.pricedTo;
        this.cellsChecked = other.cellsChecked;
        this.timeInField = other.timeInField;
    }

    NumericFrame copy() {
        return new NumericFrame(this);
    }

    Kind kind(int slot) {
        return kinds[slot];
    }

    Range range(int slot) {
        return ranges[slot];
    }

    /** The ranges of {@code count} slots from {@code first} on. */
    List<Range> ranges(int first, int count) {
        return List.of(ranges).subList(first, first + count);
    }

    void setNumber(int slot, Range range) {
        kinds[slot] = Kind.NUMBER;
        ranges[slot] = range;
        copyOf[slot] = NO_COPY;
    }

    void setTruth(int slot) {
        setNumber(slot, Range.ALL);
        kinds[slot] = Kind.TRUTH;
    }

    /** Slot {@code to} is given what is in {@code from}. */
    void copy(int from, int to) {
        kinds[to] = kinds[from];
        ranges[to] = ranges[from];
        int original = copyOf[from] == NO_COPY ? from : copyOf[from];
        copyOf[to] = original < to ? original : NO_COPY;
    }

    /** Whether {@code slot} holds a copy of what is in {@code original}. */
    boolean isCopyOf(int slot, int original) {
        return copyOf[slot] == original;
    }

    /** The slots in use were given new values, one after another. */
    void forgetCopies() {
        Arrays.fill(copyOf, NO_COPY);
    }

    void swap(int slot, int other) {
        Kind kind = kinds[slot];
        kinds[slot] = kinds[other];
        kinds[other] = kind;
        Range range = ranges[slot];
        ranges[slot] = ranges[other];
        ranges[other] = range;
        copyOf[slot] = NO_COPY;
        copyOf[other] = NO_COPY;
    }

    /** The two slots from {@code left} on compare so: what they are copies of does, too. */
    void learn(Opcode comparison, int left) {
        Range first = ranges[left];
        Range second = ranges[left + 1];
        narrow(copyOf[left], first.given(comparison, second));
        narrow(copyOf[left + 1], second.given(Range.mirrored(comparison), first));
    }

    private void narrow(int slot, Range range) {
        if (slot != NO_COPY) {
            ranges[slot] = ranges[slot].meet(range.low(), range.high());
        }
    }

    boolean hasKindsOf(NumericFrame other) {
        return height == other.height && Arrays.equals(kinds, 0, height, other.kinds, 0, height);
    }

    /** What is known where this way and {@code other} come together, with as much to pay. */
    void join(NumericFrame other) {
        for (int slot = 0; slot < height; slot++) {
            ranges[slot] = ranges[slot].join(other.ranges[slot]);
            copyOf[slot] = copyOf[slot] == other.copyOf[slot] ? copyOf[slot] : NO_COPY;
        }
        cellsChecked = Math.min(cellsChecked, other.cellsChecked);
    }

    /** Adds the price of instruction {@code i}, unless it was paid ahead. */
    void price(List<Instruction> instructions, int i) {
        if (i >= pricedTo) {
            pending += ProgramBuilder.price(instructions.get(i));
            pricedTo = i + 1;
        }
    }

    /** Adds the prices of all that is sure to run after instruction {@code i}. */
    void priceAhead(List<Instruction> instructions, int i) {
        for (int next = i + 1; next < instructions.size(); next++) {
            Opcode opcode = instructions.get(next).opcode();
            if (opcode == Opcode.ELSE || opcode == Opcode.END) {
                return;
            }
            price(instructions, next);
            if (opcode == Opcode.IF) {
                return;
            }
        }
    }
}
