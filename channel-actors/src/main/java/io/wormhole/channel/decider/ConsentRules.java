package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.HashLock;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which updates of the partner this side signs without being asked: those that take nothing from it
 * but what a running contract earns or a permit allows.
 */
final class ConsentRules {
    private ConsentRules() {}

    /** Why this side does not sign {@code update}; empty when it does. */
    static Optional<String> objection(
            ChannelParty party, Standing standing, Update update, Tools known) {
        Set<Long> toppedUp = new HashSet<>();
        for (ChannelOperation operation : update.operations()) {
            Optional<String> objection =
                    objection(party, standing, update, operation)
                            .or(() -> heightObjection(operation, known.height()))
                            .or(() -> answersObjection(operation, known.answers()));
            if (objection.isPresent()) {
                return objection;
            }
            if (operation instanceof ChannelOperation.TopUp topUp
                    && topUp.from() == party.me()
                    && !toppedUp.add(topUp.lockId())) {
                return Optional.of("lock %d is topped up twice".formatted(topUp.lockId()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> objection(
            ChannelParty party, Standing standing, Update update, ChannelOperation operation) {
        if (operation instanceof ChannelOperation.Pay pay && pay.from() == party.me()) {
            return Optional.of("only participant %d can pay from its own".formatted(party.me()));
        }
        if (operation instanceof ChannelOperation.Lock lock && lock.from() == party.me()) {
            return Optional.of("only participant %d can lock its own".formatted(party.me()));
        }
        if (operation instanceof ChannelOperation.TopUp topUp) {
            return topUp.from() == party.me()
                    ? topUpObjection(standing, update, topUp)
                    : hashLockObjection(standing, topUp);
        }
        if (operation instanceof ChannelOperation.Step step && step.sender() == party.me()) {
            return Optional.of("only participant %d can step as itself".formatted(party.me()));
        }
        if (operation instanceof ChannelOperation.Release release) {
            return releaseObjection(party, standing, update, release);
        }
        return Optional.empty();
    }

    private static Optional<String> topUpObjection(
            Standing standing, Update update, ChannelOperation.TopUp topUp) {
        Amount allowed =
                standing.permit(topUp.lockId())
                        .filter(permit -> permit.stepsLeft() > 0)
                        .map(Permit::perStep)
                        .orElse(Amount.ZERO);
        boolean steps =
                update.operations().stream()
                        .anyMatch(
                                operation ->
                                        operation instanceof ChannelOperation.Step step
                                                && step.lockId() == topUp.lockId());
        if (!steps || !allowed.covers(topUp.amount())) {
            return Optional.of(
                    "top-up of %s for lock %d: %s with a step is allowed"
                            .formatted(topUp.amount(), topUp.lockId(), allowed));
        }
        return Optional.empty();
    }

    // The chain does a step again in a state that leaves its lock alone. In one with other money,
    // kept back until the expiry, the partner could undo that it had itself paid the lock, and take
    // it back before this side can show the secret. Nobody who means well changes such a lock.
    private static Optional<String> hashLockObjection(
            Standing standing, ChannelOperation.TopUp topUp) {
        return HashLock.of(standing.position(), topUp.lockId())
                .map(
                        lock ->
                                "lock %d keeps the %s with which it was made"
                                        .formatted(lock.lockId(), lock.locked()));
    }

    // Contracts judge deadlines by the height that a step claims.
    private static Optional<String> heightObjection(
            ChannelOperation operation, Optional<BlockHeight> known) {
        if (!(operation instanceof ChannelOperation.Step step) || known.isEmpty()) {
            return Optional.empty();
        }
        long distance = Math.abs(step.height().value() - known.get().value());
        return distance <= Tools.HEIGHT_TOLERANCE_BLOCKS
                ? Optional.empty()
                : Optional.of(
                        "a step at height %s, but the chain is at %s"
                                .formatted(step.height(), known.get()));
    }

    // What a contract takes as final must be so for both.
    private static Optional<String> answersObjection(ChannelOperation operation, List<Hash> known) {
        return operation instanceof ChannelOperation.Step step
                ? step.answers()
                        .filter(root -> !known.contains(root))
                        .map(root -> "answers with root %s are not final here".formatted(root))
                : Optional.empty();
    }

    // Whoever is refunded by a release gains by it, so only the other side may propose it; an empty
    // contract refunds nobody.
    private static Optional<String> releaseObjection(
            ChannelParty party,
            Standing standing,
            Update update,
            ChannelOperation.Release release) {
        boolean toppedUp =
                update.operations().stream()
                        .anyMatch(
                                operation ->
                                        operation instanceof ChannelOperation.TopUp topUp
                                                && topUp.lockId() == release.lockId());
        boolean harmless =
                standing.position().state().lock(release.lockId()).stream()
                        .anyMatch(
                                lock ->
                                        lock.refundTo() == party.me()
                                                || (lock.locked().isZero() && !toppedUp));
        return harmless
                ? Optional.empty()
                : Optional.of(
                        "lock %d is not refunded to us and not empty".formatted(release.lockId()));
    }

    static List<Permit> permitsAfter(List<Permit> permits, Update update) {
        List<Permit> left = new ArrayList<>();
        for (Permit permit : permits) {
            boolean used =
                    update.operations().stream()
                            .anyMatch(
                                    operation ->
                                            operation instanceof ChannelOperation.TopUp topUp
                                                    && topUp.lockId() == permit.lockId());
            left.add(used ? permit.used() : permit);
        }
        return left;
    }
}
