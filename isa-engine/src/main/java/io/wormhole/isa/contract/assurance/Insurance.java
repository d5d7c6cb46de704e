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

/** Java's view of {@code contracts/insurance.wha}: its code, states and messages. */
public final class Insurance {
    /** What one step may use, with up to a dozen signatures. */
    public static final GasLimit GAS = new GasLimit(2_000_000, 4_000);

    private static final Bytes CODE = ContractLibrary.module("insurance").encoded();
    private static final ContractCode LOADED = ContractCode.load(CODE);

    private Insurance() {}

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The module, ready to run. */
    public static ContractCode loaded() {
        return LOADED;
    }

    /** The state before the answer, encoded; the other participant is the insurer. */
    public static Bytes initialState(AnswerTerms answer, int insured, BlockHeight expiry) {
        if (insured != 0 && insured != 1) {
            throw new IllegalArgumentException("participant 0 or 1, found " + insured);
        }
        Value terms =
                Value.tuple(
                        Value.of(answer.network().genesis().bytes()),
                        Value.of(answer.question().bytes()),
                        answer.encodedKeys(),
                        Value.of(answer.needed()),
                        Value.of(1 - insured),
                        Value.of(insured),
                        Value.of(expiry.value()));
        return ContractCall.state(terms, Value.of(0));
    }

    /** {@code state} with {@code locked} behind it, as the channel of two signs it. */
    public static LockedContract lock(Bytes state, Amount locked) {
        return new LockedContract(LOADED.hash(), ContractCall.stateHash(state), locked, 2, GAS);
    }

    /** The payload that returns the sum when no answer came in time. */
    public static Bytes expire() {
        return ValueCodec.encode(Value.tuple(Value.text("expire")));
    }
}
