package io.wormhole.isa.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What holds of the arguments of a loop in every round. An argument is held to be small, which must
 * be seen to at the beginning of each round, only where that spares a check of a sum or product in
 * it; all else is found by trying rounds: given such arguments, which does a round hand on?
 */
final class NumericLoop {
    private static final int QUICK_BITS = 58;
    private static final Range QUICK = Range.within(QUICK_BITS);
    private static final int MAX_ARGUMENTS = 8;
    private static final int MAX_LENGTH = 100;
    private static final int SWEEPS = 2;

    private final int index;
    private final NumericFunctions functions;
    private final List<Range> start;
    private final List<Argument> arguments = new ArrayList<>();
    private int checks;

    /**
     * Of one argument, where it lies.
     *
     * @param limited whether that is so only where it is small
     */
    record Argument(Range range, boolean limited) {
        /** Where it must lie for the next round; that it is small is looked at there. */
        Range inLaterRounds() {
            return limited ? new Range(range.low(), Long.MAX_VALUE) : range;
        }
    }

    /**
     * What a round hands on, and in how many places it must check that results fit in 64 bits.
     *
     * @param next nothing where there is no further round
     */
    record Round(Optional<List<Range>> next, int checks) {}

    private NumericLoop(int index, NumericFunctions functions, List<Range> start) {
        this.index = index;
        this.functions = functions;
        this.start = start;
        start.forEach(range -> arguments.add(new Argument(QUICK, true)));
    }

    /**
     * What holds of the arguments of function {@code index}, called with those of {@code start}.
     */
    static List<Argument> arguments(int index, NumericFunctions functions, List<Range> start) {
        NumericLoop loop = new NumericLoop(index, functions, start);
        int length = functions.function(index).orElseThrow().instructions().size();
        if (start.size() <= MAX_ARGUMENTS && length <= MAX_LENGTH) {
            loop.checks = loop.round().checks();
            boolean improved = true;
            for (int sweep = 0; improved && sweep < SWEEPS; sweep++) {
                improved = false;
                for (int slot = 0; slot < start.size(); slot++) {
                    improved |= loop.improve(slot);
                }
            }
        }
        return List.copyOf(loop.arguments);
    }

    /** In bits, how small arguments are that are held to be. */
    static int quickBits() {
        return QUICK_BITS;
    }

    /** Whether more is known of {@code slot} now. */
    private boolean improve(int slot) {
        Argument before = arguments.get(slot);
        if (!before.limited()) {
            return false;
        }
        Range first = start.get(slot);
        if (accepts(slot, new Argument(first, false))) {
            return true;
        }
        if (!first.equals(Range.ALL)) {
            Range second = first.join(after(slot, new Argument(first, false)));
            if (accepts(slot, new Argument(second, false))
                    || accepts(slot, new Argument(Range.ALL, false))) {
                return true;
            }
        }
        Range natural = QUICK.meet(Math.max(first.low(), before.range().low()), QUICK.high());
        return !natural.equals(before.range()) && accepts(slot, new Argument(natural, true));
    }

    private boolean accepts(int slot, Argument better) {
        Argument before = arguments.set(slot, better);
        Round round = round();
        if (round.checks() <= checks && holds(round)) {
            checks = round.checks();
            return true;
        }
        arguments.set(slot, before);
        return false;
    }

    /** Where {@code slot} lies after a round that it began as {@code argument}. */
    private Range after(int slot, Argument argument) {
        Argument before = arguments.set(slot, argument);
        Range next = round().next().map(ranges -> ranges.get(slot)).orElse(argument.range());
        arguments.set(slot, before);
        return next;
    }

    /** Whether what the round hands on is what was assumed; of limited ones, the lower bound. */
    private boolean holds(Round round) {
        return IntStream.range(0, start.size())
                .allMatch(slot -> includes(slot, round.next().map(next -> next.get(slot))));
    }

    private boolean includes(int slot, Optional<Range> next) {
        Argument argument = arguments.get(slot);
        Range assumed = argument.range();
        Range given = next.map(start.get(slot)::join).orElse(start.get(slot));
        boolean above = given.low() >= assumed.low() || assumed.low() == QUICK.low();
        boolean below = given.high() <= assumed.high();
        return argument.limited() ? above : given.low() >= assumed.low() && below;
    }

    private Round round() {
        MethodVisitor nowhere = new MethodVisitor(Opcodes.ASM9) {};
        return new NumericTranslator(nowhere, index, functions)
                .tryRound(arguments.stream().map(Argument::range).toList());
    }
}
