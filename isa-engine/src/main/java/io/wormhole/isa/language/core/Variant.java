package io.wormhole.isa.language.core;

import io.wormhole.isa.bytecode.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One meaning of an operation: the kinds it takes (empty where any will do), the kind it gives if
 * that is known, how parts of operands reach the result, and the instructions.
 */
public record Variant(
        List<Optional<Kind>> takes, Optional<Kind> gives, List<Flow> flows, List<Emission> code) {
    /** The operand number that stands for the result. */
    public static final int RESULT = -1;

    /** The part that stands for the whole value. */
    public static final int WHOLE = -1;

    /** The part that stands for every element of a list and every value of a map. */
    public static final int ELEMENT = 1_000;

    /** The part at the position or key that operand 1 is written as, else {@link #ELEMENT}. */
    public static final int AT_KEY = 1_001;

    private static final int POSITION = -10;

    /** So many elements of a list are looked at by themselves; keys have the numbers below. */
    private static final int MOST_POSITIONS = 900;

    /** The first part at a key of a map; others have the numbers below it. */
    static final int FIRST_KEY = POSITION - MOST_POSITIONS;

    /** Copies the lists. */
    public Variant {
        takes = List.copyOf(takes);
        flows = List.copyOf(flows);
        code = List.copyOf(code);
    }

    /** A value goes from a part of an operand to a part of the result (or of an operand). */
    public record Flow(int from, int fromPart, int to, int toPart) {}

    /** The part at a position of a list that the source says, from 0; far back any element. */
    public static int position(int index) {
        return index < MOST_POSITIONS ? POSITION - index : ELEMENT;
    }

    /** Whether a part is a field of a tuple. */
    static boolean isField(int part) {
        return part >= 0 && part < ELEMENT;
    }

    /** A variant that takes and gives known kinds. */
    public static Variant of(List<Kind> takes, Kind gives, Opcode... code) {
        return new Variant(
                takes.stream().map(Optional::of).toList(),
                Optional.of(gives),
                List.of(),
                Stream.of(code).map(Emission::of).toList());
    }

    /** A variant that takes anything, {@code operands} of them. */
    public static Variant any(int operands, Optional<Kind> gives, Opcode... code) {
        List<Optional<Kind>> takes = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
            takes.add(Optional.empty());
        }
        return new Variant(takes, gives, List.of(), Stream.of(code).map(Emission::of).toList());
    }

    /** The same with other instructions. */
    public Variant emitting(Emission... instructions) {
        return new Variant(takes, gives, flows, List.of(instructions));
    }

    /** The same with one more flow. */
    public Variant flowing(int from, int fromPart, int to, int toPart) {
        List<Flow> more = new ArrayList<>(flows);
        more.add(new Flow(from, fromPart, to, toPart));
        return new Variant(takes, gives, more, code);
    }

    /** The same with operand {@code index} of any kind. */
    public Variant anyAt(int index) {
        List<Optional<Kind>> other = new ArrayList<>(takes);
        other.set(index, Optional.empty());
        return new Variant(other, gives, flows, code);
    }

    /** The same giving what is not known. */
    public Variant givingAny() {
        return new Variant(takes, Optional.empty(), flows, code);
    }
}
