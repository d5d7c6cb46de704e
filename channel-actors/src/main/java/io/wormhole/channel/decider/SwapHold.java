package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.ContractInstance;
import io.wormhole.channel.update.LockIds;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.BytesValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.Hash;
import java.util.Optional;

/**
 * While a swap's lock that pays this side is open, the partner gets no signature but under what
 * ends that lock. A partner that keeps such a signature to itself holds a newer state than this
 * side: with it, it could replace the step that the chain ran for this side at the very moment in
 * which the time of the lock is over.
 */
final class SwapHold {
    private SwapHold() {}

    /** Why nothing of the partner is signed now; empty when it may be. */
    static Optional<String> objection(ChannelParty party, ChannelPosition position) {
        return open(party, position)
                .map("a swap's lock %d is open: the channel waits for its end"::formatted);
    }

    /** Why this update of the partner is not signed now; empty when it may be. */
    static Optional<String> objection(ChannelParty party, ChannelPosition position, Update update) {
        boolean ends =
                open(party, position)
                        .filter(lock -> update.operations().stream().anyMatch(it -> on(it, lock)))
                        .isPresent();
        return ends ? Optional.empty() : objection(party, position);
    }

    private static boolean on(ChannelOperation operation, long lockId) {
        return operation instanceof ChannelOperation.Step step && step.lockId() == lockId;
    }

    private static Optional<Long> open(ChannelParty party, ChannelPosition position) {
        for (ContractLock lock : position.state().locks()) {
            boolean found =
                    lock.codeHash().equals(HashTimeLock.loaded().hash())
                            && position.contract(lock.lockId())
                                    .filter(it -> isOpen(party, it))
                                    .isPresent();
            if (found) {
                return Optional.of(lock.lockId());
            }
        }
        return Optional.empty();
    }

    // The state is {{hash, recipient, sender, expiry}, progress}; a partner may lock anything else.
    private static boolean isOpen(ChannelParty party, ContractInstance contract) {
        try {
            return ValueCodec.decode(contract.state()) instanceof TupleValue state
                    && state.size() == 2
                    && state.get(1).equals(Value.of(0))
                    && state.get(0) instanceof TupleValue terms
                    && terms.size() > 1
                    && terms.get(1).equals(Value.of(party.me()))
                    && terms.get(0) instanceof BytesValue hash
                    && hash.bytes().size() == Hash.SIZE
                    && contract.lockId() == LockIds.of(new Hash(hash.bytes()), LockIds.SWAP_PART);
        } catch (IllegalArgumentException noValue) {
            return false;
        }
    }
}
