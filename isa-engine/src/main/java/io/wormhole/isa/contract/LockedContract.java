package io.wormhole.isa.contract;

import io.wormhole.isa.vm.GasLimit;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;

/**
 * A contract as the participants signed it.
 *
 * @param codeHash commitment over its functions
 * @param stateHash tagged hash of its encoded state
 * @param locked the most that it can pay out from here on
 * @param participants how many there are; payouts go to their indices
 * @param limit what one call may use
 */
public record LockedContract(
        Hash codeHash, Hash stateHash, Amount locked, int participants, GasLimit limit) {
    /**
     * The lock of a channel state with {@code participants}; gas limits above the machine's maxima
     * mean the maxima.
     */
    public static LockedContract of(ContractLock lock, int participants) {
        GasLimit limit =
                new GasLimit(
                        Math.min(lock.timeGasLimit(), GasLimit.MAX_TIME),
                        Math.min(lock.spaceGasLimit(), GasLimit.MAX_SPACE));
        return new LockedContract(
                lock.codeHash(), lock.stateHash(), lock.locked(), participants, limit);
    }

    /** Refuses fewer than one participant and more than 255. */
    public LockedContract {
        if (participants < 1 || participants > 255) {
            throw new IllegalArgumentException("participants: " + participants);
        }
    }
}
