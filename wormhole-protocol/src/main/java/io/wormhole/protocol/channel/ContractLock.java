package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;

/**
 * Money of a channel that a contract holds.
 *
 * @param lockId names the lock within its channel; never reused there
 * @param codeHash commitment to the contract's code
 * @param stateHash hash of the contract's state value
 * @param locked what the contract may pay out, at most
 * @param refundTo index of the participant who gets what the contract did not pay out
 * @param timeGasLimit time gas for one step
 * @param spaceGasLimit space gas for one step
 */
public record ContractLock(
        long lockId,
        Hash codeHash,
        Hash stateHash,
        Amount locked,
        int refundTo,
        long timeGasLimit,
        long spaceGasLimit)
        implements Canonical {
    /** Refuses negative numbers and a participant that cannot exist. */
    public ContractLock {
        if (lockId < 0 || timeGasLimit < 0 || spaceGasLimit < 0) {
            throw new IllegalArgumentException("lock id and gas limits must not be negative");
        }
        if (refundTo < 0 || refundTo >= ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("no participant " + refundTo);
        }
    }

    /** Reads a lock in the order of the fields. */
    public static ContractLock readFrom(CanonicalReader in) {
        return new ContractLock(
                in.readLong(),
                Hash.readFrom(in),
                Hash.readFrom(in),
                Amount.readFrom(in),
                in.readU8(),
                in.readLong(),
                in.readLong());
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeLong(lockId)
                .write(codeHash)
                .write(stateHash)
                .write(locked)
                .writeU8(refundTo)
                .writeLong(timeGasLimit)
                .writeLong(spaceGasLimit);
    }

    /** Whether {@code other} is the same contract in the same state, whatever money it holds. */
    public boolean isSameContract(ContractLock other) {
        return lockId == other.lockId
                && codeHash.equals(other.codeHash)
                && stateHash.equals(other.stateHash);
    }

    /** This lock after a step that left {@code remaining} locked and the state at {@code hash}. */
    public ContractLock advanced(Hash hash, Amount remaining) {
        return new ContractLock(
                lockId, codeHash, hash, remaining, refundTo, timeGasLimit, spaceGasLimit);
    }
}
