package io.wormhole.settlement.consensus;

import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;

/**
 * How the stake changes a parameter of the network: by small steps, within bounds, by a large
 * majority.
 */
public final class Governance {
    /** A step may be at most one part in so many of the present value. */
    public static final long STEP_DIVISOR = 5;

    private Governance() {}

    /**
     * A parameter that can be voted on.
     *
     * @param name its name, for example {@code gas.timePrice}
     * @param value its present value
     * @param minimum the lowest value allowed
     * @param maximum the highest value allowed
     */
    public record Parameter(String name, long value, long minimum, long maximum) {
        /** Checks that the value is within its bounds, which are not below zero. */
        public Parameter {
            if (minimum < 0 || value < minimum || value > maximum) {
                throw new IllegalArgumentException(
                        name
                                + " = "
                                + value
                                + "; allowed: "
                                + minimum
                                + " to "
                                + maximum
                                + ", not below 0");
            }
        }
    }

    /** Whether a proposal may be voted on. */
    public enum ProposalVerdict {
        /** It may. */
        OK("ok"),
        /** The step is larger than 20 % of the present value. */
        STEP_TOO_LARGE("step>20%"),
        /** The new value is outside of the parameter's bounds. */
        OUT_OF_BOUNDS("bounds"),
        /** Another proposal for the parameter is open. */
        ALREADY_OPEN("open-proposal"),
        /** The new value is the present one. */
        NO_CHANGE("no-change");

        private final String id;

        ProposalVerdict(String id) {
            this.id = id;
        }

        /** Returns the stable name. */
        public String id() {
            return id;
        }
    }

    /** How a vote has ended. */
    public enum Tally {
        /** Two thirds of the stake took part and three quarters of those said yes. */
        PASSED("pass"),
        /** Too little stake took part. */
        NO_QUORUM("quorum"),
        /** Too few said yes. */
        BELOW_THRESHOLD("threshold");

        private final String id;

        Tally(String id) {
            this.id = id;
        }

        /** Returns the stable name. */
        public String id() {
            return id;
        }
    }

    /** Judges a proposal to set a parameter to a new value. */
    public static ProposalVerdict judge(Parameter parameter, long newValue, boolean anotherIsOpen) {
        if (newValue == parameter.value()) {
            return ProposalVerdict.NO_CHANGE;
        }
        BigInteger step =
                BigInteger.valueOf(newValue).subtract(BigInteger.valueOf(parameter.value())).abs();
        if (step.compareTo(BigInteger.valueOf(parameter.value() / STEP_DIVISOR)) > 0) {
            return ProposalVerdict.STEP_TOO_LARGE;
        }
        if (newValue < parameter.minimum() || newValue > parameter.maximum()) {
            return ProposalVerdict.OUT_OF_BOUNDS;
        }
        return anotherIsOpen ? ProposalVerdict.ALREADY_OPEN : ProposalVerdict.OK;
    }

    /** Counts a vote: the stake that said yes and no, out of all active stake. */
    public static Tally tally(Amount yes, Amount no, Amount activeStake) {
        Amount cast = yes.plus(no);
        if (!DynastyQuorum.isTwoThirds(cast, activeStake)) {
            return Tally.NO_QUORUM;
        }
        long threeQuartersRoundedUp = cast.baseUnits() - cast.baseUnits() / 4;
        return yes.baseUnits() >= threeQuartersRoundedUp ? Tally.PASSED : Tally.BELOW_THRESHOLD;
    }

    /**
     * Returns the epoch in which a passed change takes effect: so long after its tally has become
     * final.
     */
    public static long activationEpoch(long tallyFinalisedInEpoch, long graceEpochs) {
        return Math.addExact(tallyFinalisedInEpoch, graceEpochs);
    }
}
