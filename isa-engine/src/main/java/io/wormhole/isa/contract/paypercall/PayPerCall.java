package io.wormhole.isa.contract.paypercall;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.Amount;

/** Java's view of {@code contracts/pay-per-call.wha}: its code, states and messages. */
public final class PayPerCall {
    /** What one step may use. */
    public static final GasLimit GAS = new GasLimit(10_000, 1_000);

    private static final Bytes CODE = ContractLibrary.module("pay-per-call").encoded();
    private static final ContractCode LOADED = ContractCode.load(CODE);

    private PayPerCall() {}

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The module, ready to run. */
    public static ContractCode loaded() {
        return LOADED;
    }

    /** The state before the first call, encoded; the other participant is the seller. */
    public static Bytes initialState(int buyer, Amount pricePerUnit) {
        if (buyer != 0 && buyer != 1) {
            throw new IllegalArgumentException("participant 0 or 1, found " + buyer);
        }
        Value terms =
                Value.tuple(
                        Value.of(buyer), Value.of(1 - buyer), Value.of(pricePerUnit.baseUnits()));
        return ContractCall.state(terms, Value.of(0));
    }

    /** {@code state} with {@code locked} behind it, as the channel of two signs it. */
    public static LockedContract lock(Bytes state, Amount locked) {
        return new LockedContract(LOADED.hash(), ContractCall.stateHash(state), locked, 2, GAS);
    }

    /** The payload that pays for a call of {@code units}. */
    public static Bytes call(long units) {
        return ValueCodec.encode(Value.tuple(Value.text("call"), Value.of(units)));
    }
}
