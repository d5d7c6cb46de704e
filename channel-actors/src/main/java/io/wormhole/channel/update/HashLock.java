package io.wormhole.channel.update;

import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * A hash-time-lock that stands in a channel.
 *
 * @param recipient who gets the money for the secret; the other gets it back
 * @param expiry first height at which it goes back
 */
public record HashLock(
        long lockId, Amount locked, Hash hash, int recipient, BlockHeight expiry, Status status) {
    private static final int TERMS = 4;
    private static final Recall<ContractLock, Bytes, Optional<HashLock>> READ = new Recall<>(512);

    /** What became of it. */
    public enum Status {
        OPEN,
        REDEEMED,
        REFUNDED
    }

    /**
     * The lock with this id, when it is a hash-time-lock in every respect: code, refund, and limits
     * with which a step can end.
     */
    public static Optional<HashLock> of(ChannelPosition position, long lockId) {
        Optional<ContractLock> lock =
                position.state().lock(lockId).filter(HashLock::runsHashTimeLock);
        Optional<ContractInstance> contract = position.contract(lockId);
        if (lock.isEmpty() || contract.isEmpty()) {
            return Optional.empty();
        }
        ContractLock locked = lock.get();
        Bytes state = contract.get().state();
        return READ.of(locked, state, () -> read(locked, state))
                .filter(found -> locked.refundTo() == 1 - found.recipient());
    }

    private static boolean runsHashTimeLock(ContractLock lock) {
        return lock.codeHash().equals(HashTimeLock.loaded().hash())
                && lock.timeGasLimit() >= HashTimeLock.GAS.time()
                && lock.spaceGasLimit() >= HashTimeLock.GAS.space();
    }

    // The state is {terms, progress}; a partner may lock anything else under the same code.
    private static Optional<HashLock> read(ContractLock lock, Bytes encoded) {
        try {
            if (ValueCodec.decode(encoded) instanceof TupleValue state
                    && state.size() == 2
                    && state.get(0) instanceof TupleValue terms
                    && terms.size() == TERMS
                    && terms.get(0) instanceof BytesValue hash) {
                int recipient = (int) number(terms.get(1), 1);
                long sender = number(terms.get(2), 1);
                long progress = number(state.get(1), Status.values().length - 1L);
                if (sender + recipient != 1) {
                    return Optional.empty();
                }
                return Optional.of(
                        new HashLock(
                                lock.lockId(),
                                lock.locked(),
                                new Hash(hash.bytes()),
                                recipient,
                                new BlockHeight(number(terms.get(3), Long.MAX_VALUE)),
                                Status.values()[(int) progress]));
            }
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static long number(Value value, long most) {
        if (value instanceof IntValue number && number.isSmall()) {
            long found = number.longValue();
            if (found >= 0 && found <= most) {
                return found;
            }
        }
        throw new IllegalArgumentException("no number from 0 to " + most);
    }

    /** The operation that locks {@code amount} of participant {@code from} for the other. */
    public static ChannelOperation.Lock lock(
            long lockId, int from, Amount amount, Hash hash, BlockHeight expiry) {
        return new ChannelOperation.Lock(
                lockId,
                from,
                amount,
                from,
                HashTimeLock.code(),
                HashTimeLock.initialState(hash, 1 - from, expiry),
                HashTimeLock.GAS.time(),
                HashTimeLock.GAS.space());
    }
}
