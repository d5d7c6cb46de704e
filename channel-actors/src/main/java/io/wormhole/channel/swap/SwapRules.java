package io.wormhole.channel.swap;

import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.HashLock;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;

/**
 * What a party of a swap does next: pure, and judged anew from what the two channels hold.
 *
 * @param gapSeconds how much longer the initiator's leg must be open than the participant's
 * @param leastSeconds how long the participant's leg must be open when a leg is locked
 * @param forceBlocks how many blocks the chain is given to help when the partner is silent, before
 *     the partner could claim that the expiry is reached; the secret is not shown for the first
 *     time when less than twice as many are left
 */
public record SwapRules(long gapSeconds, long leastSeconds, long forceBlocks) {
    /** Refuses times in which the chain could not help. */
    public SwapRules {
        if (gapSeconds < 1 || leastSeconds < 1 || forceBlocks < 1) {
            throw new IllegalArgumentException("times of a swap must be positive");
        }
    }

    /**
     * The two channels as this party remembers them, what it stored, and what the chains say.
     *
     * @param shownOnChain what locks of the own leg's channel were shown in blocks
     * @param takeEnd the other leg's channel as its final chain has it, when it is over
     */
    public record View(
            KnownChannel give,
            KnownChannel take,
            Swap.Heights heights,
            SwapProgress progress,
            List<Bytes> shownOnChain,
            Optional<ChannelEntry> takeEnd) {
        /** Copies the list. */
        public View {
            shownOnChain = List.copyOf(shownOnChain);
        }
    }

    /** The next step. */
    public SwapStep next(Swap swap, View now) {
        SwapFacts facts = new SwapFacts(swap, now);
        SwapProgress progress = now.progress();
        Optional<Bytes> shown = facts.shown();
        if (swap.secret().isEmpty() && shown.isPresent()) {
            return new SwapStep.Learn(shown.get());
        }
        Optional<HashLock> own = facts.own();
        if (own.isPresent() && !progress.locked()) {
            return new SwapStep.Remember(progress.withLock());
        }
        if (!progress.received() && facts.isReceived()) {
            return new SwapStep.Remember(progress.withMoney());
        }
        // Whoever learned the secret did so because the own leg was paid.
        boolean learned = shown.isPresent() || (!swap.initiator() && swap.secret().isPresent());
        if (own.isEmpty() && !progress.locked() && !learned) {
            return begin(facts);
        }
        if (mayRedeem(facts)) {
            return redeem(facts);
        }
        return own.filter(lock -> isLeft(facts, lock))
                .map(lock -> takeBack(facts, lock))
                .orElseGet(() -> finish(facts));
    }

    // How long before its expiry a partner could have a lock signed back to it.
    private long nearBlocks(long blocks) {
        return Math.addExact(blocks, Tools.HEIGHT_TOLERANCE_BLOCKS);
    }

    // Whether anything is to be done for the own lock. What a dispute leaves the chain does alone,
    // and a partner that does not clear away an empty lock keeps nothing.
    private boolean isLeft(SwapFacts facts, HashLock own) {
        boolean late = facts.isGivePast(nearBlocks(forceBlocks));
        boolean decided = facts.now().progress().received() || (late && facts.isTakePast(0));
        return switch (own.status()) {
            case REDEEMED -> false;
            case REFUNDED -> !late;
            case OPEN -> !(decided && facts.now().give() instanceof Disputed);
        };
    }

    // The initiator locks first; the participant when that leg stands. Both need the time. What was
    // asked for once is asked for again only while the channel cannot have held it meanwhile.
    private SwapStep begin(SwapFacts facts) {
        Swap swap = facts.swap();
        SwapProgress progress = facts.now().progress();
        if (facts.isOffered() && !facts.isGivePast(nearBlocks(forceBlocks))) {
            return new SwapStep.Wait();
        }
        if (facts.isGivePast(0) || (progress.asked().isEmpty() && facts.isTakePast(0))) {
            return new SwapStep.Over(progress.received());
        }
        if (!(facts.now().give() instanceof Open open) || !mayLock(facts)) {
            return new SwapStep.Wait();
        }
        if (progress.asked().filter(at -> open.standing().nonce().isAfter(at)).isPresent()) {
            return new SwapStep.Wait();
        }
        return new SwapStep.Request(
                swap.give().channel(),
                "lock-" + swap.lockId(),
                Update.of(
                        HashLock.lock(
                                swap.lockId(),
                                open.party().me(),
                                swap.give().amount(),
                                swap.hash(),
                                swap.give().expiry())),
                progress.asking(open.standing().nonce()));
    }

    private boolean mayLock(SwapFacts facts) {
        Swap swap = facts.swap();
        return facts.now().take() instanceof Open
                && (swap.initiator() || (facts.isOwed() && facts.isTakeCertain()))
                && swap.allowsLock(facts.now().heights(), gapSeconds, leastSeconds);
    }

    // The initiator begins to show the secret only while the chain has time to help. Once the
    // secret may be known it goes on as long as there is anything to be had.
    private boolean mayRedeem(SwapFacts facts) {
        if (facts.swap().secret().isEmpty() || !facts.isOwed()) {
            return false;
        }
        boolean begun = !facts.swap().initiator() || facts.now().progress().revealed();
        return begun
                ? !facts.isTakePast(0)
                : facts.isTakeCertain()
                        && !facts.isTakePast(nearBlocks(Math.multiplyExact(2, forceBlocks)));
    }

    private SwapStep redeem(SwapFacts facts) {
        Swap swap = facts.swap();
        SwapRules.View now = facts.now();
        Bytes message = HashTimeLock.redeem(swap.secret().orElseThrow());
        ForcedStep forced = new ForcedStep(swap.lockId(), message);
        SwapProgress first = now.progress().revealing();
        boolean disputed = now.take() instanceof Disputed;
        if (now.take() instanceof Disputed dispute && dispute.steps().contains(forced)) {
            return new SwapStep.Wait();
        }
        if (disputed || facts.isTakePast(nearBlocks(forceBlocks))) {
            return new SwapStep.Force(swap.take().channel(), forced, first);
        }
        if (!(now.take() instanceof Open open)) {
            return new SwapStep.Wait();
        }
        return new SwapStep.Request(
                swap.take().channel(),
                "redeem-" + swap.lockId(),
                Update.of(
                        new ChannelOperation.Step(
                                swap.lockId(), open.party().me(), now.heights().take(), message),
                        new ChannelOperation.Release(swap.lockId())),
                first);
    }

    private SwapStep takeBack(SwapFacts facts, HashLock own) {
        Swap swap = facts.swap();
        if (facts.now().give() instanceof Disputed || !facts.isGivePast(0)) {
            return new SwapStep.Wait();
        }
        if (facts.isGivePast(nearBlocks(forceBlocks))) {
            return new SwapStep.Close(swap.give().channel());
        }
        if (!(facts.now().give() instanceof Open open)) {
            return new SwapStep.Wait();
        }
        boolean refunded = own.status() == HashLock.Status.REFUNDED;
        ChannelOperation operation =
                refunded
                        ? new ChannelOperation.Release(swap.lockId())
                        : new ChannelOperation.Step(
                                swap.lockId(),
                                open.party().me(),
                                facts.now().heights().give(),
                                HashTimeLock.refund());
        return new SwapStep.Request(
                swap.give().channel(),
                (refunded ? "clear-" : "reclaim-") + swap.lockId(),
                Update.of(operation),
                facts.now().progress());
    }

    // The own leg is gone: by the secret, or taken back.
    private static SwapStep finish(SwapFacts facts) {
        SwapProgress progress = facts.now().progress();
        boolean open = facts.isOwed() && !facts.isTakePast(0);
        boolean unknown = progress.revealed() && facts.isTakeUnknown();
        return !progress.received() && (open || unknown)
                ? new SwapStep.Wait()
                : new SwapStep.Over(progress.received());
    }
}
