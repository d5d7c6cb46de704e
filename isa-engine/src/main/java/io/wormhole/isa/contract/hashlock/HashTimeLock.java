package io.wormhole.isa.contract.hashlock;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractCode;
import io.wormhole.isa.contract.ContractLibrary;
import io.wormhole.isa.contract.LockedContract;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;

/** Java's view of {@code contracts/hash-time-lock.wha}: its code, states and messages. */
public final class HashTimeLock {
    /** What one step may use. */
    public static final GasLimit GAS = new GasLimit(20_000, 2_000);

    /** Length of a secret in bytes. */
    public static final int SECRET_SIZE = 32;

    private static final Bytes CODE = ContractLibrary.module("hash-time-lock").encoded();
    private static final ContractCode LOADED = ContractCode.load(CODE);

    private HashTimeLock() {}

    /** The module's bytes. */
    public static Bytes code() {
        return CODE;
    }

    /** The module, ready to run. */
    public static ContractCode loaded() {
        return LOADED;
    }

    /** What is locked behind: plain SHA-256 of the secret, as on other chains. */
    public static Hash hashOf(Bytes secret) {
        return new Hash(Bytes.of(Hash.sha256().digest(secret.toArray())));
    }

    /**
     * The open state, encoded: the secret of {@code hash} moves the money to {@code recipient} at
     * heights below {@code expiry}; from there on it goes back to the other participant.
     */
    public static Bytes initialState(Hash hash, int recipient, BlockHeight expiry) {
        return state(hash, recipient, expiry, 0);
    }

    /** The state after the secret was shown. */
    public static Bytes redeemedState(Hash hash, int recipient, BlockHeight expiry) {
        return state(hash, recipient, expiry, 1);
    }

    private static Bytes state(Hash hash, int recipient, BlockHeight expiry, int progress) {
        if (recipient != 0 && recipient != 1) {
            throw new IllegalArgumentException("participant 0 or 1, found " + recipient);
        }
        Value terms =
                Value.tuple(
                        Value.of(hash.bytes()),
                        Value.of(recipient),
                        Value.of(1 - recipient),
                        Value.of(expiry.value()));
        return ContractCall.state(terms, Value.of(progress));
    }

    /** {@code state} with {@code locked} behind it, as the channel of two signs it. */
    public static LockedContract lock(Bytes state, Amount locked) {
        return new LockedContract(LOADED.hash(), ContractCall.stateHash(state), locked, 2, GAS);
    }

    /** The payload that shows the secret. */
    public static Bytes redeem(Bytes secret) {
        return ValueCodec.encode(Value.tuple(Value.text("redeem"), Value.of(secret)));
    }

    /** The payload that asks for the money back. */
    public static Bytes refund() {
        return ValueCodec.encode(Value.tuple(Value.text("refund")));
    }
}
