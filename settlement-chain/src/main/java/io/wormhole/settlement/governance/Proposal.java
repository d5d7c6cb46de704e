package io.wormhole.settlement.governance;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.settlement.consensus.Governance;
import io.wormhole.settlement.consensus.ValidatorSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A change that is voted on, or has passed and waits.
 *
 * @param parameter what changes
 * @param value to what
 * @param proposer who wants it
 * @param openedEpoch when it was proposed
 * @param votes yes or no, by validator
 * @param passedEpoch when it has passed; {@link #NOT_YET} while it is voted on
 * @param activeFrom the epoch in which it takes effect; {@link #NOT_YET} until its tally is final
 */
public record Proposal(
        GovernedParameter parameter,
        long value,
        Address proposer,
        long openedEpoch,
        SortedMap<Address, Boolean> votes,
        long passedEpoch,
        long activeFrom)
        implements Canonical {
    /** A time that has not come. */
    public static final long NOT_YET = Long.MAX_VALUE;

    /** Copies the votes. */
    public Proposal {
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
    }

    static Proposal of(GovernedParameter parameter, long value, Address proposer, long epoch) {
        return new Proposal(
                parameter,
                value,
                proposer,
                epoch,
                new TreeMap<>(Map.of(proposer, true)),
                NOT_YET,
                NOT_YET);
    }

    /** Reads the fields in order, voters ascending. */
    public static Proposal readFrom(CanonicalReader in) {
        GovernedParameter parameter = in.readEnum(GovernedParameter.class);
        long value = in.readLong();
        Address proposer = Address.readFrom(in);
        long opened = in.readLong();
        TreeMap<Address, Boolean> votes = new TreeMap<>();
        for (Ballot ballot : in.readList(ValidatorSet.MAX_VALIDATORS, Ballot::readFrom)) {
            if (!votes.isEmpty() && votes.lastKey().compareTo(ballot.voter()) >= 0) {
                throw in.fault("voters not in ascending order");
            }
            votes.put(ballot.voter(), ballot.isYes());
        }
        return new Proposal(
                parameter, value, proposer, opened, votes, in.readLong(), in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        List<Ballot> ballots = new ArrayList<>();
        votes.forEach((voter, isYes) -> ballots.add(new Ballot(voter, isYes)));
        out.writeEnum(parameter).writeLong(value).write(proposer).writeLong(openedEpoch);
        out.writeList(ballots).writeLong(passedEpoch).writeLong(activeFrom);
    }

    /** Whether it can be voted on. */
    public boolean isOpen() {
        return passedEpoch == NOT_YET;
    }

    /** The stake of those members of a set who say so. */
    public Amount stakeFor(boolean isYes, Map<Address, Amount> set) {
        Amount sum = Amount.ZERO;
        for (Map.Entry<Address, Boolean> vote : votes.entrySet()) {
            if (vote.getValue() == isYes) {
                sum = sum.plus(set.getOrDefault(vote.getKey(), Amount.ZERO));
            }
        }
        return sum;
    }

    Governance.Tally tally(Map<Address, Amount> set) {
        return Governance.tally(
                stakeFor(true, set), stakeFor(false, set), Amount.sum(set.values()));
    }

    Proposal withVote(Address voter, boolean isYes) {
        TreeMap<Address, Boolean> more = new TreeMap<>(votes);
        more.put(voter, isYes);
        return new Proposal(parameter, value, proposer, openedEpoch, more, passedEpoch, activeFrom);
    }

    Proposal passedIn(long epoch) {
        return new Proposal(parameter, value, proposer, openedEpoch, votes, epoch, activeFrom);
    }

    Proposal activeFrom(long epoch) {
        return new Proposal(parameter, value, proposer, openedEpoch, votes, passedEpoch, epoch);
    }

    private record Ballot(Address voter, boolean isYes) implements Canonical {
        static Ballot readFrom(CanonicalReader in) {
            return new Ballot(Address.readFrom(in), in.readBoolean());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(voter).writeBoolean(isYes);
        }
    }
}
