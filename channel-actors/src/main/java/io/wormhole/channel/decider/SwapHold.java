package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.HashLock;
import io.wormhole.channel.update.LockIds;
import io.wormhole.channel.update.Update;
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
        return position.state().locks().stream()
                .flatMap(lock -> HashLock.of(position, lock.lockId()).stream())
                .filter(lock -> lock.status() == HashLock.Status.OPEN)
                .filter(lock -> lock.recipient() == party.me())
                .filter(lock -> lock.lockId() == LockIds.of(lock.hash(), LockIds.SWAP_PART))
                .map(HashLock::lockId)
                .findFirst();
    }
}
