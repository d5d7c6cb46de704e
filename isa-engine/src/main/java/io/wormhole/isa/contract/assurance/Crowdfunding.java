package io.wormhole.isa.contract.assurance;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.OracleId;
import java.util.List;

/** Java's view of {@code contracts/crowdfunding.wha}: its code, states and messages. */
public final class Crowdfunding {
    /** What the settlement may use, with a hundred backers and the longest proof. */
    public static final GasLimit GAS = new GasLimit(4_000_000, 20_000);

    private static final Bytes CODE = ContractLibrary.module("crowdfunding").encoded();
    private static final ContractCode LOADED = ContractCode.load(CODE);

    private Crowdfunding() {}

    /**
     * What all agree on.
     *
     * @param question the oracle's question whether it was delivered
     * @param entrepreneur index of the participant who asks
     * @param goal sum of pledges to be reached
     * @param bonusPpm what a backer gets on top when it fails, in millionths of the pledge
     * @param pledges by participant; that of the entrepreneur is the bond
     * @param deadline from this height on a missed goal is settled
     * @param expiry from this height on no answer counts as no
     */
    public record Terms(
            OracleId question,
            int entrepreneur,
            Amount goal,
            int bonusPpm,
            List<Amount> pledges,
            BlockHeight deadline,
            BlockHeight expiry) {
        /** Refuses an entrepreneur who is no participant, and a negative bonus. */
        public Terms {
            pledges = List.copyOf(pledges);
            if (entrepreneur < 0 || entrepreneur >= pledges.size()) {
                throw new IllegalArgumentException(
                        "entrepreneur " + entrepreneur + " of " + pledges.size());
            }
            if (bonusPpm < 0) {
                throw new IllegalArgumentException("bonus below zero: " + bonusPpm);
            }
        }
    }

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The module, ready to run. */
    public static ContractCode loaded() {
        return LOADED;
    }

    /** The state before the settlement, encoded. */
    public static Bytes initialState(Terms terms) {
        Value[] pledges =
                terms.pledges().stream()
                        .map(pledge -> Value.of(pledge.baseUnits()))
                        .toArray(Value[]::new);
        Value encoded =
                Value.tuple(
                        Value.of(terms.question().hash().bytes()),
                        Value.of(terms.entrepreneur()),
                        Value.of(terms.goal().baseUnits()),
                        Value.of(terms.bonusPpm()),
                        Value.list(pledges),
                        Value.of(terms.deadline().value()),
                        Value.of(terms.expiry().value()));
        return ContractCall.state(encoded, Value.of(0));
    }

    /** {@code state} with all pledges and the bond behind it. */
    public static LockedContract lock(Terms terms, Bytes state) {
        return new LockedContract(
                LOADED.hash(),
                ContractCall.stateHash(state),
                Amount.sum(terms.pledges()),
                terms.pledges().size(),
                GAS);
    }

    /** The payload that settles without an answer. */
    public static Bytes settle() {
        return ValueCodec.encode(Value.tuple(Value.text("settle")));
    }
}
