package io.wormhole.isa.contract.assurance;

import io.wormhole.isa.contract.StateFields;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.OracleId;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an account of crowdfunding holds. Whoever makes it chooses its first state: {@link
 * #isCoveredBy} says whether to trust it.
 *
 * @param terms what all agreed on
 * @param pledges who pledged how much and has not been paid since
 * @param outcome where it stands
 * @param ratePpm the bonus in millionths of a pledge, once it is known
 * @param due the bond, and after the outcome what is the entrepreneur's
 */
public record CrowdfundingState(
        CrowdfundingAccount.Terms terms,
        Map<Address, Amount> pledges,
        Outcome outcome,
        long ratePpm,
        Amount due) {
    /** Where it stands; the order is that of the contract's numbers. */
    public enum Outcome {
        OPEN,
        SUCCESS,
        GOAL_MISSED,
        NOT_DELIVERED,
        NOBODY_CAN_SAY
    }

    /** What all have pledged that were not paid yet. */
    public Amount pledged() {
        return Amount.sum(pledges.values());
    }

    /** Whether {@code balance} pays all that is owed, whatever the outcome. */
    public boolean isCoveredBy(Amount balance) {
        BigInteger owed = BigInteger.valueOf(due.baseUnits());
        for (Amount pledge : pledges.values()) {
            BigInteger units = BigInteger.valueOf(pledge.baseUnits());
            BigInteger bonus =
                    units.multiply(BigInteger.valueOf(ratePpm))
                            .divide(BigInteger.valueOf(1_000_000));
            owed = owed.add(units).add(bonus);
        }
        return pledges.size() <= CrowdfundingAccount.MOST_BACKERS
                && owed.compareTo(BigInteger.valueOf(balance.baseUnits())) <= 0;
    }

    /**
     * Reads an account's state.
     *
     * @throws IllegalArgumentException when it is none of crowdfunding
     */
    public static CrowdfundingState read(Bytes state) {
        TupleValue both = StateFields.tuple(ValueCodec.decode(state), 2);
        TupleValue progress = StateFields.tuple(both.get(1), 4);
        long outcome = StateFields.number(progress.get(1));
        if (outcome >= Outcome.values().length) {
            throw new IllegalArgumentException("no outcome has the number " + outcome);
        }
        return new CrowdfundingState(
                terms(StateFields.tuple(both.get(0), 6)),
                pledges(progress.get(0)),
                Outcome.values()[(int) outcome],
                StateFields.number(progress.get(2)),
                Amount.of(StateFields.number(progress.get(3))));
    }

    private static CrowdfundingAccount.Terms terms(TupleValue terms) {
        return new CrowdfundingAccount.Terms(
                new OracleId(StateFields.hash(terms.get(0))),
                StateFields.address(terms.get(1)),
                Amount.of(StateFields.number(terms.get(2))),
                StateFields.number(terms.get(3)),
                new BlockHeight(StateFields.number(terms.get(4))),
                new BlockHeight(StateFields.number(terms.get(5))));
    }

    private static Map<Address, Amount> pledges(Value value) {
        if (!(value instanceof MapValue map)) {
            throw new IllegalArgumentException("a map is needed, found " + value);
        }
        Map<Address, Amount> pledges = new LinkedHashMap<>();
        for (Value who : map.keys()) {
            Value amount = map.get(who).orElseThrow();
            pledges.put(StateFields.address(who), Amount.of(StateFields.number(amount)));
        }
        return Map.copyOf(pledges);
    }
}
