package io.wormhole.channel.swap;

import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.hop.HashLock;
import io.wormhole.channel.update.ChannelOperation;
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
 * @param forceBlocks how long before an expiry the chain is asked when the partner is silent; the
 *     secret is not shown for the first time later than twice as long before it
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
        // A secret that the other showed in the own leg's channel has paid that leg.
        if (own.isEmpty() && !progress.locked() && shown.isEmpty()) {
            return begin(facts);
        }
        if (mayRedeem(facts)) {
            return redeem(facts);
        }
        // What a dispute leaves to do the chain does alone.
        boolean settled = progress.received() && now.give() instanceof Disputed;
        return own.filter(lock -> lock.status() != HashLock.Status.REDEEMED && !settled)
                .map(lock -> takeBack(facts, lock))
                .orElseGet(() -> finish(facts));
    }

    // The initiator locks first; the participant when that leg stands. Both need the time. What was
    // asked for once is asked for again only while the channel cannot have held it meanwhile.
    private SwapStep begin(SwapFacts facts) {
        Swap swap = facts.swap();
        SwapProgress progress = facts.now().progress();
        if (facts.isOffered()) {
            return new SwapStep.Wait();
        }
        if (facts.isGivePast() || (progress.asked().isEmpty() && facts.isTakePast(0))) {
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
                && (swap.initiator() || facts.isOwed())
                && swap.allowsLock(facts.now().heights(), gapSeconds, leastSeconds);
    }

    // The initiator begins to show the secret only while the chain has time to help. Once the
    // secret may be known it goes on as long as there is anything to be had.
    private boolean mayRedeem(SwapFacts facts) {
        boolean begun = !facts.swap().initiator() || facts.now().progress().revealed();
        return facts.swap().secret().isPresent()
                && facts.isOwed()
                && !facts.isTakePast(begun ? 0 : Math.multiplyExact(2, forceBlocks));
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
        if (disputed || facts.isTakePast(forceBlocks)) {
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

    private static SwapStep takeBack(SwapFacts facts, HashLock own) {
        Swap swap = facts.swap();
        if (!(facts.now().give() instanceof Open open) || !facts.isGivePast()) {
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
        KnownChannel take = facts.now().take();
        boolean open = facts.isOwed() && !facts.isTakePast(0);
        // The chain has not said yet how it ends.
        boolean disputed = progress.revealed() && take instanceof Disputed && !progress.received();
        boolean unknown =
                progress.revealed() && take instanceof Ended && facts.now().takeEnd().isEmpty();
        return open || disputed || (unknown && !progress.received())
                ? new SwapStep.Wait()
                : new SwapStep.Over(progress.received());
    }
}
