package io.wormhole.isa.contract.assurance;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.contract.StateFields;
import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.OracleId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Java's view of {@code contracts/by-answer.wha}, which pays by an oracle's answer: escrow on
 * delivery, insurance, and bets are the same contract with other amounts.
 */
public final class ByAnswer {
    /** What one step may use, with the longest proof. */
    public static final GasLimit GAS = new GasLimit(500_000, 8_000);

    private static final int PARTICIPANTS = 2;
    private static final Bytes CODE = ContractLibrary.module("by-answer").encoded();
    private static final ContractCode LOADED = ContractCode.load(CODE);

    private ByAnswer() {}

    /** What can come out. */
    public enum Outcome {
        /** The answer is yes. */
        YES(1),
        /** The answer is no. */
        NO(2),
        /** The question ended without either, or nobody showed an answer before the expiry. */
        NEITHER(3);

        /** As the contract's state and messages have it; its state before the end is 0. */
        private final int number;

        Outcome(int number) {
            this.number = number;
        }

        private static Outcome of(long number) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.number == number)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("ended as " + number));
        }
    }

    /**
     * What the two agree on.
     *
     * @param question the oracle's question
     * @param onYes what each gets when the answer is yes
     * @param onNo what each gets when it is no
     * @param onNeither what each gets otherwise
     * @param expiry from this height on no answer counts any more
     */
    public record Terms(
            OracleId question,
            List<Amount> onYes,
            List<Amount> onNo,
            List<Amount> onNeither,
            BlockHeight expiry) {
        /** Refuses outcomes that do not pay two, or one of which pays another sum. */
        public Terms {
            onYes = List.copyOf(onYes);
            onNo = List.copyOf(onNo);
            onNeither = List.copyOf(onNeither);
            Amount sum = sumOfTwo(onYes);
            if (!sum.equals(sumOfTwo(onNo)) || !sum.equals(sumOfTwo(onNeither))) {
                throw new IllegalArgumentException(
                        "every outcome pays the same sum; found %s, %s and %s"
                                .formatted(onYes, onNo, onNeither));
            }
        }

        /** All that is paid, whatever comes out. */
        public Amount sum() {
            return Amount.sum(onYes);
        }
    }

    /** The price goes to the seller when the answer is yes, and otherwise back to the buyer. */
    public static Terms escrow(OracleId question, int buyer, Amount price, BlockHeight expiry) {
        List<Amount> back = only(buyer, price);
        return new Terms(question, only(1 - buyer, price), back, back, expiry);
    }

    /** The sum goes to the insured when the answer is yes, and otherwise back to the insurer. */
    public static Terms insurance(OracleId question, int insured, Amount sum, BlockHeight expiry) {
        return escrow(question, 1 - insured, sum, expiry);
    }

    /**
     * Both stakes go to whoever is right; without an answer each gets its own back.
     *
     * @param onYes who bets on yes
     */
    public static Terms bet(OracleId question, int onYes, List<Amount> stakes, BlockHeight expiry) {
        Amount all = sumOfTwo(stakes);
        return new Terms(question, only(onYes, all), only(1 - onYes, all), stakes, expiry);
    }

    private static Amount sumOfTwo(List<Amount> amounts) {
        if (amounts.size() != PARTICIPANTS) {
            throw new IllegalArgumentException("two are paid, found " + amounts);
        }
        try {
            return Amount.sum(amounts);
        } catch (ArithmeticException tooMuch) {
            throw new IllegalArgumentException("more than all money: " + amounts, tooMuch);
        }
    }

    private static List<Amount> only(int participant, Amount amount) {
        return switch (participant) {
            case 0 -> List.of(amount, Amount.ZERO);
            case 1 -> List.of(Amount.ZERO, amount);
            default ->
                    throw new IllegalArgumentException("participant 0 or 1, found " + participant);
        };
    }

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The commitment to the code, as locks name it. */
    public static Hash codeHash() {
        return LOADED.hash();
    }

    /** The module, ready to run. */
    public static ContractCode loaded() {
        return LOADED;
    }

    /** The state before the end, encoded. */
    public static Bytes initialState(Terms terms) {
        Value encoded =
                Value.tuple(
                        Value.of(terms.question().hash().bytes()),
                        amounts(terms.onYes()),
                        amounts(terms.onNo()),
                        amounts(terms.onNeither()),
                        Value.of(terms.expiry().value()));
        return ContractCall.state(encoded, Value.of(0));
    }

    private static ListValue amounts(List<Amount> amounts) {
        return ListValue.of(amounts.stream().map(amount -> Value.of(amount.baseUnits())).toList());
    }

    /** What stands in an encoded state. */
    public record State(Terms terms, Optional<Outcome> ended) {}

    /**
     * Reads a state of this contract.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static State read(Bytes state) {
        TupleValue both = StateFields.tuple(ValueCodec.decode(state), 2);
        TupleValue terms = StateFields.tuple(both.get(0), 5);
        long ended = StateFields.number(both.get(1));
        return new State(
                new Terms(
                        new OracleId(StateFields.hash(terms.get(0))),
                        amounts(terms.get(1)),
                        amounts(terms.get(2)),
                        amounts(terms.get(3)),
                        new BlockHeight(StateFields.number(terms.get(4)))),
                ended == 0 ? Optional.empty() : Optional.of(Outcome.of(ended)));
    }

    private static List<Amount> amounts(Value list) {
        return StateFields.list(list).stream()
                .map(each -> Amount.of(StateFields.number(each)))
                .toList();
    }

    /** {@code state} with {@code locked} behind it, as the channel of two signs it. */
    public static LockedContract lock(Bytes state, Amount locked) {
        return new LockedContract(
                LOADED.hash(), ContractCall.stateHash(state), locked, PARTICIPANTS, GAS);
    }

    /** The payload that settles when no answer came in time. */
    public static Bytes expire() {
        return ValueCodec.encode(Value.tuple(Value.text("expire")));
    }

    /** The payload with which whoever gets least by an outcome settles on it. */
    public static Bytes concede(Outcome outcome) {
        return ValueCodec.encode(Value.tuple(Value.text("concede"), Value.of(outcome.number)));
    }
}
