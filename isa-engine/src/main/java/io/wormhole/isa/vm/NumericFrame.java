package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Instruction;
import io.wormhole.isa.bytecode.Opcode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one place of a numeric function while it is translated: of each slot its kind,
 * its range, which slot it is a copy of, and of what sum it is the value; and what of the meters is
 * up to date. A slot whose value is known as a sum need not be in its local variable yet.
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

    /** What is in each slot, where that is known. */
    private final @Nullable NumericForm[] forms;

    /** What is in the local variable of each slot, where that is known. */
    private final @Nullable NumericForm[] held;

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
        this.forms = new NumericForm[maxHeight + 1];
        this.held = new NumericForm[maxHeight + 1];
        this.height = arity;
        Arrays.fill(kinds, Kind.NUMBER);
        Arrays.fill(ranges, Range.ALL);
        Arrays.fill(copyOf, NO_COPY);
    }

    private NumericFrame(NumericFrame other) {
        this.kinds = other.kinds.clone();
        this.ranges = other.ranges.clone();
        this.copyOf = other.copyOf.clone();
        this.forms = other.forms.clone();
        this.held = other.held.clone();
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
        forms[slot] = null;
        held[slot] = null;
    }

    /** The value of {@code slot} is now that of {@code form}, which no code has computed yet. */
    void defer(int slot, NumericForm form, Range range) {
        NumericForm before = held[slot];
        setNumber(slot, range);
        forms[slot] = form;
        held[slot] = before;
    }

    /** What is in {@code slot} is now in its local variable too. */
    void computed(int slot) {
        held[slot] = forms[slot];
    }

    /** Whether the value of {@code slot} is known, but not in its local variable. */
    boolean isDeferred(int slot) {
        return forms[slot] != null && !forms[slot].equals(held[slot]);
    }

    NumericForm form(int slot) {
        return Objects.requireNonNull(forms[slot]);
    }

    /** The sum that a sum, difference or product of the two slots from {@code left} on is. */
    Optional<NumericForm> combined(Opcode opcode, int left) {
        NumericForm first = forms[left];
        NumericForm second = forms[left + 1];
        if (first == null || second == null) {
            return Optional.empty();
        }
        return switch (opcode) {
            case ADD -> Optional.of(first.plus(second, 1)).filter(NumericForm::isShort);
            case SUB -> Optional.of(first.plus(second, -1)).filter(NumericForm::isShort);
            case MUL -> first.times(second);
            default -> Optional.empty();
        };
    }

    /**
     * Whose local variable is the best to compute the value of {@code own} from, if any. Its own is
     * preferred: a number that is needed in every round is counted on from the round before.
     */
    OptionalInt nearest(int own) {
        NumericForm form = form(own);
        OptionalInt best = OptionalInt.empty();
        int least = form.isConstant() ? 0 : form.cost();
        for (int slot = 0; slot < held.length; slot++) {
            NumericForm here = held[slot];
            if (here != null && !here.isConstant()) {
                int cost = form.plus(here, -1).cost() + (slot == own ? 0 : 1);
                if (cost < least) {
                    least = cost;
                    best = OptionalInt.of(slot);
                }
            }
        }
        return best;
    }

    /** What is in the local variable of {@code slot}. */
    NumericForm held(int slot) {
        return Objects.requireNonNull(held[slot]);
    }

    /**
     * Begins a loop whose arguments are from slot {@code base} on and lie in {@code arguments}:
     * forgets what is in local variables that it may change, those above, and those that it may
     * compute.
     */
    void beginLoop(int base, List<Range> arguments) {
        for (int slot = 0; slot < base; slot++) {
            if (isDeferred(slot)) {
                held[slot] = null;
            }
        }
        Arrays.fill(forms, base, forms.length, null);
        Arrays.fill(held, base, held.length, null);
        height = base + arguments.size();
        for (int k = 0; k < arguments.size(); k++) {
            setNumber(base + k, arguments.get(k));
        }
    }

    /** Slot {@code slot} holds what the local variable {@code variable} holds. */
    void setVariable(int slot, int variable) {
        forms[slot] = NumericForm.variable(variable);
        held[slot] = forms[slot];
    }

    void setTruth(int slot) {
        setNumber(slot, Range.ALL);
        kinds[slot] = Kind.TRUTH;
    }

    /** Slot {@code to} is given what is in {@code from}. */
    void copy(int from, int to) {
        if (!isDeferred(from)) {
            held[to] = held[from];
        }
        forms[to] = forms[from];
        kinds[to] = kinds[from];
        ranges[to] = ranges[from];
        int original = copyOf[from] == NO_COPY ? from : copyOf[from];
        copyOf[to] = original < to ? original : NO_COPY;
    }

    /** Whether {@code slot} holds a copy of what is in {@code original}. */
    boolean isCopyOf(int slot, int original) {
        return copyOf[slot] == original;
    }

    /** The slot whose value is in {@code slot} too, or itself. */
    int original(int slot) {
        return copyOf[slot] == NO_COPY ? slot : copyOf[slot];
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
        NumericForm form = forms[slot];
        forms[slot] = forms[other];
        forms[other] = form;
        held[slot] = forms[slot];
        held[other] = form;
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

    /**
     * What is known where this way and {@code other} come together, with as much to pay, and where
     * no slot has different values none of which is in its local variable.
     */
    void join(NumericFrame other) {
        for (int slot = 0; slot < height; slot++) {
            ranges[slot] = ranges[slot].join(other.ranges[slot]);
            copyOf[slot] = copyOf[slot] == other.copyOf[slot] ? copyOf[slot] : NO_COPY;
            forms[slot] = Objects.equals(forms[slot], other.forms[slot]) ? forms[slot] : null;
        }
        for (int slot = 0; slot < held.length; slot++) {
            held[slot] = Objects.equals(held[slot], other.held[slot]) ? held[slot] : null;
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
