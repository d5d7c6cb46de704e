package io.wormhole.oracle.market;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Insured crowdfunding, a dominant assurance contract: when the goal is missed, or an oracle says
 * that nothing was delivered, backers get their pledges back and a bonus from the entrepreneur's
 * bond. What is paid is never more than pledges and bond.
 *
 * @param goal the least sum of pledges
 * @param bond what the entrepreneur put in
 * @param bonusPpm bonus in millionths of a pledge, cut in proportion where the bond is too small
 */
public record Crowdfunding(Amount goal, Amount bond, long bonusPpm) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /** Refuses a bonus below nothing. */
    public Crowdfunding {
        if (bonusPpm < 0) {
            throw new IllegalArgumentException("a bonus of %d millionths".formatted(bonusPpm));
        }
    }

    /** How it ended. */
    public enum Ending {
        /** Goal reached and delivered: the entrepreneur gets pledges and bond. */
        SUCCESS,
        /** The goal was missed: pledges and bonus go back. */
        REFUND_GOAL,
        /** The oracle says that nothing was delivered: pledges and bonus go back. */
        REFUND_NOT_DELIVERED,
        /** The oracle cannot say: all get back what they put in. */
        REFUND_UNRESOLVED
    }

    /** Who gets what. */
    public record Payout(Ending ending, SortedMap<String, Amount> backers, Amount entrepreneur) {
        /** All that is paid. */
        public Amount total() {
            return Amount.sum(backers.values()).plus(entrepreneur);
        }
    }

    /**
     * Pays when the pledging is over.
     *
     * @param delivered the settled question whether it was delivered; empty where it is not settled
     * @return empty while the goal is reached and the question is not settled
     */
    public Optional<Payout> settle(
            SortedMap<String, Amount> pledges, Optional<AnsweredQuestion> delivered) {
        if (!Amount.sum(pledges.values()).covers(goal)) {
            return Optional.of(refund(Ending.REFUND_GOAL, pledges, true));
        }
        return delivered.map(question -> judge(pledges, question.answer()));
    }

    private Payout judge(SortedMap<String, Amount> pledges, Optional<Answer> answer) {
        return switch (answer.orElse(Answer.BAD_QUESTION)) {
            case YES -> success(pledges);
            case NO -> refund(Ending.REFUND_NOT_DELIVERED, pledges, true);
            case BAD_QUESTION -> refund(Ending.REFUND_UNRESOLVED, pledges, false);
        };
    }

    private Payout success(SortedMap<String, Amount> pledges) {
        TreeMap<String, Amount> nothing = new TreeMap<>();
        pledges.keySet().forEach(backer -> nothing.put(backer, Amount.ZERO));
        return new Payout(
                Ending.SUCCESS,
                Collections.unmodifiableSortedMap(nothing),
                Amount.sum(pledges.values()).plus(bond));
    }

    private Payout refund(Ending ending, SortedMap<String, Amount> pledges, boolean hasBonus) {
        TreeMap<String, Amount> back = new TreeMap<>(pledges);
        Amount paid = Amount.ZERO;
        if (hasBonus) {
            TreeMap<String, Long> wanted = new TreeMap<>();
            pledges.forEach((backer, pledge) -> wanted.put(backer, bonus(pledge)));
            Amount all = Amount.sum(wanted.values().stream().map(Amount::of).toList());
            paid = all.min(bond);
            Shares.divide(paid, wanted)
                    .forEach((backer, bonus) -> back.merge(backer, bonus, Amount::plus));
        }
        return new Payout(ending, Collections.unmodifiableSortedMap(back), bond.minus(paid));
    }

    private long bonus(Amount pledge) {
        return BigInteger.valueOf(pledge.baseUnits())
                .multiply(BigInteger.valueOf(bonusPpm))
                .divide(MILLION)
                .longValueExact();
    }
}
