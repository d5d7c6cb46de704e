package io.wormhole.settlement.ledger;

import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.oracle.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One life of a question, from a seed: who lies, who is bribed or stays away in which chamber, how
 * long finality stalls. In one chamber, {@code guard}, fewer are bribed than honest; of the other
 * one anything can be bought.
 *
 * @param lie what the bribed say; the asker and the challenger may say something else
 * @param given what the asker says; empty when it stays silent
 * @param claimed what the challenger says; empty when there is none
 * @param guard the chamber with the honest majority
 * @param stakes of the validators
 * @param validators what each does
 * @param blocks what the producer of each of eight heights in a row does
 * @param times when things happen
 */
record DisputePlan(
        long seed,
        Answer truth,
        Answer lie,
        Optional<Answer> given,
        Optional<Answer> claimed,
        Chamber guard,
        List<Long> stakes,
        List<Side> validators,
        List<Side> blocks,
        Times times) {
    /** A chamber of jurors. */
    enum Chamber {
        STAKE,
        WORK
    }

    /** What a juror does. */
    enum Side {
        HONEST,
        BRIBED,
        ABSENT
    }

    /**
     * Heights.
     *
     * @param opens of the window
     * @param window its length
     * @param answer the asker tries from here on
     * @param claimDelay blocks that the challenger waits after it could claim
     * @param stallFrom no votes for finality from here
     * @param stallTo to here
     */
    record Times(
            long opens, long window, long answer, long claimDelay, long stallFrom, long stallTo) {}

    static final int VALIDATORS = 7;

    /** As many as a voting window has blocks, so that any window holds all of them. */
    static final int BLOCKS = 8;

    static DisputePlan random(long seed) {
        Arbitrary arbitrary = Arbitrary.ofSeed(seed);
        List<Answer> answers = List.of(Answer.values());
        Answer truth = arbitrary.oneOf(answers);
        Chamber guard = arbitrary.oneOf(List.of(Chamber.values()));
        List<Long> stakes = new ArrayList<>();
        for (int i = 0; i < VALIDATORS; i++) {
            stakes.add((50L + arbitrary.below(100)) * Trial.DSD);
        }
        List<Long> equal = Collections.nCopies(BLOCKS, 1L);
        Optional<Answer> given =
                arbitrary.oneIn(5)
                        ? Optional.empty()
                        : Optional.of(arbitrary.oneIn(2) ? truth : other(truth, arbitrary));
        return new DisputePlan(
                seed,
                truth,
                other(truth, arbitrary),
                given,
                claim(truth, given, arbitrary),
                guard,
                stakes,
                sides(stakes, guard == Chamber.STAKE, arbitrary),
                sides(equal, guard == Chamber.WORK, arbitrary),
                times(arbitrary));
    }

    private static Answer other(Answer answer, Arbitrary arbitrary) {
        List<Answer> others = Stream.of(Answer.values()).filter(each -> each != answer).toList();
        return others.get(arbitrary.below(others.size()));
    }

    /** An honest challenger wherever there is a lie or silence; now and then one who lies. */
    private static Optional<Answer> claim(
            Answer truth, Optional<Answer> given, Arbitrary arbitrary) {
        if (given.equals(Optional.of(truth))) {
            return arbitrary.oneIn(3) ? Optional.empty() : Optional.of(other(truth, arbitrary));
        }
        return arbitrary.oneIn(8) ? Optional.empty() : Optional.of(truth);
    }

    private static List<Side> sides(List<Long> weights, boolean isGuard, Arbitrary arbitrary) {
        int bribes = 1 + arbitrary.below(6);
        List<Side> sides = new ArrayList<>();
        do {
            sides.clear();
            for (int i = 0; i < weights.size(); i++) {
                Side away = arbitrary.oneIn(6) ? Side.ABSENT : Side.HONEST;
                sides.add(arbitrary.oneIn(bribes) ? Side.BRIBED : away);
            }
            bribes++;
        } while (isGuard
                && weight(weights, sides, Side.HONEST) <= weight(weights, sides, Side.BRIBED));
        return sides;
    }

    static long weight(List<Long> weights, List<Side> sides, Side side) {
        long sum = 0;
        for (int i = 0; i < sides.size(); i++) {
            sum += sides.get(i) == side ? weights.get(i) : 0;
        }
        return sum;
    }

    private static Times times(Arbitrary arbitrary) {
        long opens = 2L + arbitrary.below(6);
        long window = 2L + arbitrary.below(9);
        long answer =
                switch (arbitrary.below(4)) {
                    case 0 -> opens;
                    case 1 -> opens + window - 1;
                    default -> opens + arbitrary.below((int) window);
                };
        long stallFrom = 1L + arbitrary.below(40);
        return new Times(
                opens,
                window,
                answer,
                arbitrary.below(9),
                stallFrom,
                stallFrom + arbitrary.below(30));
    }

    boolean isStalled(long height) {
        return height >= times.stallFrom() && height < times.stallTo();
    }

    Side producer(long height) {
        return blocks.get((int) (height % BLOCKS));
    }

    /** Enough honest jurors of both chambers that the first vote must decide. */
    boolean isDecidedAtOnce() {
        long all = stakes.stream().mapToLong(Long::longValue).sum();
        boolean hasStake = weight(stakes, validators, Side.HONEST) > all / 4 * 3;
        long honest = blocks.stream().filter(Side.HONEST::equals).count();
        return hasStake && honest > BLOCKS / 2;
    }
}
