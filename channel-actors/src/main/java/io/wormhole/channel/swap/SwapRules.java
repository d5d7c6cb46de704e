package io.wormhole.channel.swap;

import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.hop.HashLock;
import io.wormhole.channel.hop.Held;
import io.wormhole.channel.hop.HopRules;
import io.wormhole.channel.hop.HopStep;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * What a party of a swap does next: pure, and judged anew from what the two channels hold.
 *
 * @param gapSeconds how much longer the initiator's leg must be open than the participant's
 * @param leastSeconds how long the participant's leg must be open when it is locked
 * @param forceBlocks how long before an expiry the chain is asked when the partner is silent
 */
public record SwapRules(long gapSeconds, long leastSeconds, long forceBlocks) {
    /** Refuses times in which the chain could not help. */
    public SwapRules {
        if (gapSeconds < 1 || leastSeconds < 1 || forceBlocks < 1) {
            throw new IllegalArgumentException("times of a swap must be positive");
        }
    }

    /**
     * The two channels as this party remembers them.
     *
     * @param locked whether the own leg was ever locked
     */
    public record View(
            KnownChannel give, KnownChannel take, Swap.Heights heights, boolean locked) {}

    /** The next step. */
    public HopStep next(Swap swap, View now) {
        Optional<Bytes> shown = HopRules.shown(now.give(), swap.hash());
        if (swap.secret().isEmpty() && shown.isPresent()) {
            return new HopStep.Remember(shown.get());
        }
        boolean knows = swap.secret().isPresent();
        Optional<HashLock> own = lock(now.give(), swap);
        // A secret that the other showed in the own leg's channel has paid that leg.
        boolean locked = now.locked() || shown.isPresent();
        if (own.isEmpty() && !locked) {
            return begin(swap, now);
        }
        if (own.isPresent() && !now.locked()) {
            return new HopStep.RememberLock();
        }
        if (knows && isEnough(swap, now, lock(now.take(), swap))) {
            return redeem(swap, now);
        }
        return own.map(lock -> takeBack(swap, now, lock)).orElseGet(() -> finish(swap, now));
    }

    // The initiator locks first; the participant when that leg stands and leaves it the time.
    private HopStep begin(Swap swap, View now) {
        if (!(now.give() instanceof Open open) || isOffered(open, swap)) {
            return new HopStep.Wait();
        }
        boolean may =
                swap.initiator()
                        || (isEnough(swap, now, lock(now.take(), swap))
                                && swap.allowsSecondLock(now.heights(), gapSeconds, leastSeconds));
        if (!may) {
            return isPast(swap.give(), now.heights().give())
                    ? new HopStep.Over(false)
                    : new HopStep.Wait();
        }
        return new HopStep.Request(
                swap.give().channel(),
                "lock-" + swap.lockId(),
                Update.of(
                        HashLock.lock(
                                swap.lockId(),
                                open.party().me(),
                                swap.give().amount(),
                                swap.hash(),
                                swap.give().expiry())));
    }

    private static boolean isOffered(Open open, Swap swap) {
        return open.standing().offer().stream()
                .flatMap(offer -> offer.update().operations().stream())
                .anyMatch(
                        operation ->
                                operation instanceof ChannelOperation.Lock lock
                                        && lock.lockId() == swap.lockId());
    }

    private static Optional<HashLock> lock(KnownChannel channel, Swap swap) {
        return Held.of(channel)
                .flatMap(standing -> HashLock.of(standing.position(), swap.lockId()));
    }

    private static boolean isEnough(Swap swap, View now, Optional<HashLock> lock) {
        return lock.filter(it -> it.status() == HashLock.Status.OPEN)
                .filter(it -> it.hash().equals(swap.hash()))
                .filter(it -> it.recipient() == now.take().party().me())
                .filter(it -> it.locked().covers(swap.take().amount()))
                .filter(it -> !it.expiry().isBefore(swap.take().expiry()))
                .isPresent();
    }

    private HopStep redeem(Swap swap, View now) {
        Bytes message = HashTimeLock.redeem(swap.secret().orElseThrow());
        ForcedStep forced = new ForcedStep(swap.lockId(), message);
        BlockHeight height = now.heights().take();
        if (now.take() instanceof Disputed disputed) {
            return disputed.steps().contains(forced)
                    ? new HopStep.Wait()
                    : new HopStep.Force(swap.take().channel(), forced);
        }
        if (isPast(swap.take(), height)) {
            // Shown too late it would be worth nothing here, and something to the other.
            return new HopStep.Wait();
        }
        if (isPast(swap.take(), height.plus(forceBlocks))) {
            return new HopStep.Force(swap.take().channel(), forced);
        }
        return new HopStep.Request(
                swap.take().channel(),
                "redeem-" + swap.lockId(),
                Update.of(
                        new ChannelOperation.Step(
                                swap.lockId(), now.take().party().me(), height, message),
                        new ChannelOperation.Release(swap.lockId())));
    }

    private HopStep takeBack(Swap swap, View now, HashLock own) {
        BlockHeight height = now.heights().give();
        if (!(now.give() instanceof Open open) || !isPast(swap.give(), height)) {
            return new HopStep.Wait();
        }
        if (own.status() == HashLock.Status.REFUNDED) {
            return new HopStep.Request(
                    swap.give().channel(),
                    "clear-" + swap.lockId(),
                    Update.of(new ChannelOperation.Release(swap.lockId())));
        }
        if (own.status() == HashLock.Status.OPEN) {
            return new HopStep.Request(
                    swap.give().channel(),
                    "reclaim-" + swap.lockId(),
                    Update.of(
                            new ChannelOperation.Step(
                                    swap.lockId(),
                                    open.party().me(),
                                    height,
                                    HashTimeLock.refund())));
        }
        return new HopStep.Wait();
    }

    private static boolean isPast(Swap.Leg leg, BlockHeight height) {
        return !height.isBefore(leg.expiry());
    }

    // The own leg is gone: by the secret, or taken back.
    private static HopStep finish(Swap swap, View now) {
        boolean owed = lock(now.take(), swap).filter(SwapRules::isOpen).isPresent();
        if (owed && !isPast(swap.take(), now.heights().take())) {
            return new HopStep.Wait();
        }
        return new HopStep.Over(!isPast(swap.give(), now.heights().give()));
    }

    private static boolean isOpen(HashLock lock) {
        return lock.status() == HashLock.Status.OPEN;
    }
}
