package io.wormhole.isa.contract.assurance;

import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.ContractTransaction;

/**
 * Java's view of {@code contracts/crowdfunding-account.py}, with many backers: its code, first
 * state and messages.
 */
public final class CrowdfundingAccount {
    /** What one message may use, with all backers there are. */
    public static final GasLimit GAS = new GasLimit(20_000_000, 200_000);

    /** Most backers, as the contract's {@code MOST_BACKERS} says. */
    public static final int MOST_BACKERS = 500;

    private static final Bytes CODE = ContractLibrary.module("crowdfunding-account").encoded();
    private static final Hash HASH = ContractCode.load(CODE).hash();

    private CrowdfundingAccount() {}

    /**
     * What all agree on.
     *
     * @param question the oracle's question whether it was delivered; it should open at the
     *     deadline or later
     * @param entrepreneur who asks
     * @param goal sum of pledges to be reached
     * @param bonusPpm what a backer gets on top when it fails, in millionths of the pledge
     * @param deadline pledges come below it; from it on a missed goal is settled
     * @param expiry from this height on no answer counts as no
     */
    public record Terms(
            OracleId question,
            Address entrepreneur,
            Amount goal,
            long bonusPpm,
            BlockHeight deadline,
            BlockHeight expiry) {
        /** Refuses a goal of nothing, a negative bonus and an expiry before the deadline. */
        public Terms {
            if (goal.isZero()) {
                throw new IllegalArgumentException("a goal of zero is reached by nobody");
            }
            if (bonusPpm < 0) {
                throw new IllegalArgumentException("bonus below zero: " + bonusPpm);
            }
            if (!deadline.isBefore(expiry)) {
                throw new IllegalArgumentException(
                        "deadline %s is not before the expiry %s".formatted(deadline, expiry));
            }
        }

        /** The least pledge: so many of them as there can be backers reach the goal. */
        public Amount leastPledge() {
            long goalUnits = goal.baseUnits();
            return Amount.of((goalUnits - 1) / MOST_BACKERS + 1);
        }
    }

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The commitment to the code: an account with another one is no crowdfunding of this kind. */
    public static Hash codeHash() {
        return HASH;
    }

    /** The transaction that makes the account and puts in the bond. */
    public static ContractTransaction.Create create(Terms terms, Amount bond) {
        Value agreed =
                Value.tuple(
                        Value.of(terms.question().hash().bytes()),
                        Value.of(terms.entrepreneur().hash().bytes()),
                        Value.of(terms.goal().baseUnits()),
                        Value.of(terms.bonusPpm()),
                        Value.of(terms.deadline().value()),
                        Value.of(terms.expiry().value()));
        Value open =
                Value.tuple(MapValue.EMPTY, Value.of(0), Value.of(0), Value.of(bond.baseUnits()));
        return new ContractTransaction.Create(
                CODE, ValueCodec.encode(agreed), ValueCodec.encode(open), bond);
    }

    /** Pledges; more than once adds up. */
    public static ContractTransaction.Call pledge(Address account, Amount amount) {
        return call(account, amount, Value.text("pledge"));
    }

    /** Settles without an answer: a missed goal, or one that nobody answered for in time. */
    public static ContractTransaction.Call settle(Address account) {
        return call(account, Amount.ZERO, Value.text("settle"));
    }

    /** Shows the oracle's answer. */
    public static ContractTransaction.Call answer(Address account, AnswerProof proof) {
        return new ContractTransaction.Call(account, Amount.ZERO, ShownAnswer.message(proof));
    }

    /** Pays a backer, or the entrepreneur, what is theirs. */
    public static ContractTransaction.Call claim(Address account, Address who) {
        return call(account, Amount.ZERO, Value.text("claim"), Value.of(who.hash().bytes()));
    }

    private static ContractTransaction.Call call(Address account, Amount amount, Value... payload) {
        return new ContractTransaction.Call(
                account, amount, ValueCodec.encode(Value.tuple(payload)));
    }
}
