package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Amount;

/** What two votes of one validator say about it. */
public enum Slashing {
    /** Two different votes for the same target epoch: punished. */
    DOUBLE_VOTE(true),
    /** One vote's link lies strictly inside the other's: punished. */
    SURROUND(true),
    /** The same vote twice. */
    IDENTICAL(false),
    /** Votes that an honest validator may cast. */
    COMPATIBLE(false),
    /** Votes of two validators prove nothing. */
    DIFFERENT_VALIDATORS(false);

    private static final long REPORTER_PERCENT = 4;

    private final boolean punished;

    Slashing(boolean punished) {
        this.punished = punished;
    }

    /** Returns whether the validator loses its deposit. */
    public boolean isPunished() {
        return punished;
    }

    /**
     * Judges two votes, in either order; whether they are rightly signed is for the caller to
     * check.
     */
    public static Slashing judge(Vote first, Vote second) {
        if (!first.validator().equals(second.validator())) {
            return DIFFERENT_VALIDATORS;
        }
        if (first.equals(second)) {
            return IDENTICAL;
        }
        if (first.target().epoch() == second.target().epoch()) {
            return DOUBLE_VOTE;
        }
        return surrounds(first, second) || surrounds(second, first) ? SURROUND : COMPATIBLE;
    }

    private static boolean surrounds(Vote outer, Vote inner) {
        return outer.source().epoch() < inner.source().epoch()
                && inner.target().epoch() < outer.target().epoch();
    }

    /** Returns how a slashed deposit is divided: 4 % to whoever reported it, the rest burned. */
    public static Penalty penalty(Amount deposit) {
        Amount reporter = BlockReward.part(deposit, Amount.of(REPORTER_PERCENT), Amount.of(100));
        return new Penalty(reporter, deposit.minus(reporter));
    }

    /**
     * A divided deposit.
     *
     * @param reporter what the reporter of the evidence gets
     * @param burned what leaves the supply
     */
    public record Penalty(Amount reporter, Amount burned) {}
}
