package io.wormhole.isa.contract.market;

import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.assurance.ShownAnswer;
import io.wormhole.isa.value.MapValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.ContractTransaction;

/** Java's view of {@code contracts/prediction-market.py}: its code, first state and messages. */
public final class PredictionMarket {
    /** What one message may use, with a full book. */
    public static final GasLimit GAS = new GasLimit(20_000_000, 200_000);

    /** What a whole price is. */
    public static final long WHOLE_PPM = 1_000_000;

    /** Orders of one side that wait, as the contract's {@code MOST_ORDERS} says. */
    static final int MOST_ORDERS = 25;

    /** Shares of one order, as the contract's {@code MOST_SHARES} says. */
    static final long MOST_SHARES = 1_000_000_000_000L;

    private static final Bytes CODE = ContractLibrary.module("prediction-market").encoded();
    private static final Hash HASH = ContractCode.load(CODE).hash();

    private PredictionMarket() {}

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The commitment to the code: a contract account with another one is no market. */
    public static Hash codeHash() {
        return HASH;
    }

    /**
     * The transaction that makes a market.
     *
     * @param unit what a complete set costs, a multiple of 0.001 DSD
     */
    public static ContractTransaction.Create create(OracleId question, Amount unit) {
        if (unit.isZero() || unit.baseUnits() % WHOLE_PPM != 0) {
            throw new IllegalArgumentException(
                    "a unit of %s DSD; allowed: multiples of 0.001 DSD".formatted(unit));
        }
        Value terms = Value.tuple(Value.of(question.hash().bytes()), Value.of(unit.baseUnits()));
        Value progress =
                Value.tuple(MapValue.EMPTY, Value.list(), Value.of(0), Value.list(), Value.of(-1));
        return new ContractTransaction.Create(
                CODE, ValueCodec.encode(terms), ValueCodec.encode(progress), Amount.ZERO);
    }

    /** Buys {@code count} shares at the batch's price, {@code limitPpm} of the unit at most. */
    public static ContractTransaction.Call buy(
            Address market, Amount unit, boolean isYes, long limitPpm, long count) {
        if (limitPpm <= 0 || limitPpm >= WHOLE_PPM) {
            throw new IllegalArgumentException(
                    "a limit of %d millionths; allowed: 1 to 999999".formatted(limitPpm));
        }
        Amount cost =
                Amount.of(
                        Math.multiplyExact(
                                Math.multiplyExact(unit.baseUnits() / WHOLE_PPM, limitPpm), count));
        return call(
                market,
                cost,
                Value.text("buy"),
                Value.of(isYes),
                Value.of(limitPpm),
                Value.of(count));
    }

    /** Takes the own order of one side back. */
    public static ContractTransaction.Call cancel(Address market, boolean isYes) {
        return call(market, Amount.ZERO, Value.text("cancel"), Value.of(isYes));
    }

    /** Matches what waits since an earlier block; every other message does so, too. */
    public static ContractTransaction.Call clear(Address market) {
        return call(market, Amount.ZERO, Value.text("clear"));
    }

    /** Puts in units for as many complete sets. */
    public static ContractTransaction.Call mint(Address market, Amount unit, long sets) {
        return call(market, unit.times(sets), Value.text("mint"), Value.of(sets));
    }

    /** Gives complete sets back for their units. */
    public static ContractTransaction.Call redeem(Address market, long sets) {
        return call(market, Amount.ZERO, Value.text("redeem"), Value.of(sets));
    }

    /** Shows the oracle's answer; all orders go back. */
    public static ContractTransaction.Call answer(Address market, AnswerProof proof) {
        return new ContractTransaction.Call(market, Amount.ZERO, ShownAnswer.message(proof));
    }

    /** Pays a holder what its shares are worth by the answer. */
    public static ContractTransaction.Call claim(Address market, Address holder) {
        return call(market, Amount.ZERO, Value.text("claim"), Value.of(holder.hash().bytes()));
    }

    private static ContractTransaction.Call call(Address market, Amount amount, Value... payload) {
        return new ContractTransaction.Call(
                market, amount, ValueCodec.encode(Value.tuple(payload)));
    }
}
