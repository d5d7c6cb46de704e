package io.wormhole.isa.contract.subscription;

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

/** Java's view of {@code contracts/subscription.wha}: its code, states and messages. */
public final class Subscription {
    /** What one step may use. */
    public static final GasLimit GAS = new GasLimit(10_000, 1_000);

    private static final Bytes CODE = ContractLibrary.module("subscription").encoded();
    private static final ContractCode LOADED = ContractCode.load(CODE);

    private Subscription() {}

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The module, ready to run. */
    public static ContractCode loaded() {
        return LOADED;
    }

    /** The state before the first period, encoded; the other participant is the seller. */
    public static Bytes initialState(
            int buyer, Amount price, BlockHeight start, long blocksOfPeriod) {
        if ((buyer != 0 && buyer != 1) || blocksOfPeriod < 1) {
            throw new IllegalArgumentException(
                    "buyer " + buyer + ", period of " + blocksOfPeriod + " blocks");
        }
        Value terms =
                Value.tuple(
                        Value.of(buyer),
                        Value.of(1 - buyer),
                        Value.of(price.baseUnits()),
                        Value.of(start.value()),
                        Value.of(blocksOfPeriod));
        return ContractCall.state(terms, Value.tuple(Value.of(0), Value.of(false)));
    }

    /** {@code state} with {@code locked} behind it, as the channel of two signs it. */
    public static LockedContract lock(Bytes state, Amount locked) {
        return new LockedContract(LOADED.hash(), ContractCall.stateHash(state), locked, 2, GAS);
    }

    /** The seller's payload. */
    public static Bytes collect() {
        return ValueCodec.encode(Value.tuple(Value.text("collect")));
    }

    /** The buyer's payload that ends the subscription after paying what is due. */
    public static Bytes cancel() {
        return ValueCodec.encode(Value.tuple(Value.text("cancel")));
    }
}
