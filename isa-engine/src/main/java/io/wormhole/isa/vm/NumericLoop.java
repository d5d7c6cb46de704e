package io.wormhole.isa.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What holds of the arguments of a loop in every round. An argument is held to be small, which must
 * be seen to at the beginning of each round, only where that spares work in it, such as a check of
 * a sum or product; all else is found by trying rounds: given such arguments, which does a round
 * hand on?
 */
final class NumericLoop {
    /** What an argument may be held to be, from the least to the most that is taken for granted. */
    static final List<Range> SMALL =
            List.of(Range.within(58), Range.natural(58), Range.natural(30));

    private static final Range SMALLEST = SMALL.get(SMALL.size() - 1);
    private static final int MAX_ARGUMENTS = 8;
    private static final int MAX_LENGTH = 100;
    private static final int SWEEPS = 2;

    private final int index;
    private final NumericFunctions functions;
    private final List<Range> start;
    private final List<Argument> arguments = new ArrayList<>();
    private int effort;

    /**
     * Of one argument, where it lies.
     *
     * @param limited whether that is so only where it is small
     * @param kept whether every round hands it on as it is
     */
    record Argument(Range range, boolean limited, boolean kept) {}

    /**
     * What holds in every round.
     *
     * @param carriesSums whether rounds add up what they do not look at
     * @param masksRounds whether a round can be a masked one
     */
    record Found(List<Argument> arguments, boolean carriesSums, boolean masksRounds) {
        List<Range> ranges() {
            return arguments.stream().map(Argument::range).toList();
        }
    }

    /**
     * What a round hands on, and what it spends because too little is known of numbers.
     *
     * @param next where the arguments of the next round lie; nothing where there is none
     * @param kept of each argument, whether the next round is given the same
     */
    record Round(List<Range> next, List<Boolean> kept, int effort) {}

    private NumericLoop(int index, NumericFunctions functions, List<Range> start) {
        this.index = index;
        this.functions = functions;
        this.start = start;
        start.forEach(range -> arguments.add(new Argument(smallest(range), true, false)));
    }

    private static Range smallest(Range start) {
        boolean maybe = start.low() <= SMALLEST.high() && SMALLEST.low() <= start.high();
        return maybe ? SMALLEST : SMALL.get(0);
    }

    /** What is found out about a loop before it is written. */
    static Found find(int index, NumericFunctions functions, List<Range> start) {
        NumericLoop loop = new NumericLoop(index, functions, start);
        int length = functions.function(index).orElseThrow().instructions().size();
        if (start.size() <= MAX_ARGUMENTS && length <= MAX_LENGTH) {
            loop.find();
        }
        return new Found(
                List.copyOf(loop.arguments),
                loop.translator().carriesSums(loop.ranges()),
                loop.translator().masksRound(loop.ranges()));
    }

    private void find() {
        Round first = round();
        effort = first.effort();
        for (int slot = 0; slot < start.size(); slot++) {
            Argument argument = arguments.get(slot);
            boolean kept = first.kept().get(slot);
            arguments.set(slot, new Argument(argument.range(), argument.limited(), kept));
        }
        boolean improved = true;
        for (int sweep = 0; improved && sweep < SWEEPS; sweep++) {
            improved = false;
            for (int slot = 0; slot < start.size(); slot++) {
                improved |= improve(slot);
            }
        }
    }

    /** Whether {@code slot} need not be as small now. */
    private boolean improve(int slot) {
        Argument before = arguments.get(slot);
        return before.limited()
                && (unlimited(slot, before.kept()).anyMatch(better -> accepts(slot, better))
                        || SMALL.stream()
                                .takeWhile(range -> !range.equals(before.range()))
                                .map(range -> new Argument(range, true, before.kept()))
                                .anyMatch(better -> accepts(slot, better)));
    }

    /** What may hold of an argument without being looked at. */
    private Stream<Argument> unlimited(int slot, boolean kept) {
        Argument first = new Argument(start.get(slot), false, kept);
        if (kept || first.range().equals(Range.ALL)) {
            return Stream.of(first);
        }
        Argument second = new Argument(first.range().join(after(slot, first)), false, false);
        return Stream.of(first, second, new Argument(Range.ALL, false, false));
    }

    private boolean accepts(int slot, Argument better) {
        Argument before = arguments.set(slot, better);
        Round round = round();
        if (round.effort() <= effort && holds(round)) {
            effort = round.effort();
            return true;
        }
        arguments.set(slot, before);
        return false;
    }

    /** Where {@code slot} lies after a round that it began as {@code argument}. */
    private Range after(int slot, Argument argument) {
        Argument before = arguments.set(slot, argument);
        List<Range> next = round().next();
        arguments.set(slot, before);
        return next.isEmpty() ? argument.range() : next.get(slot);
    }

    /** Whether what the loop begins with and a round hands on is what is taken for granted. */
    private boolean holds(Round round) {
        return IntStream.range(0, start.size())
                .filter(slot -> !arguments.get(slot).limited())
                .allMatch(
                        slot -> {
                            Range assumed = arguments.get(slot).range();
                            return assumed.includes(start.get(slot))
                                    && (round.next().isEmpty()
                                            || assumed.includes(round.next().get(slot)));
                        });
    }

    private Round round() {
        return translator().tryRound(ranges());
    }

    private NumericTranslator translator() {
        MethodVisitor nowhere = new MethodVisitor(Opcodes.ASM9) {};
        return new NumericTranslator(nowhere, index, functions);
    }

    private List<Range> ranges() {
        return arguments.stream().map(Argument::range).toList();
    }
}
