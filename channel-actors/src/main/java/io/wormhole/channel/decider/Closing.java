package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;

/**
 * This side signed closing balances and signs nothing else any more. A stale solo close of the
 * partner is answered from here, since a reorganisation may undo it and the signature stays given.
 *
 * @param signatures both, on a side that has both and so publishes; else empty
 */
public record Closing(
        ChannelParty party,
        Standing standing,
        ClosingBalances balances,
        Signature mine,
        List<Signature> signatures)
        implements KnownChannel {
    /** Copies the list. */
    public Closing {
        signatures = List.copyOf(signatures);
    }

    @Override
    public String phase() {
        return "closing";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen);
        }
        if (action instanceof ChannelAction.Dispute dispute) {
            // Invariant 13: what is unilateral is never blocked by what is bilateral.
            return Decision.accept(
                    List.of(new ChannelEvent.DisputeBegun(true, dispute.step())),
                    Open.beginDispute(standing));
        }
        if (action instanceof ChannelAction.Hear hear
                && hear.message() instanceof ChannelMessage.CountersignClose signed) {
            return partnerSigned(signed);
        }
        if (action instanceof ChannelAction.Connected) {
            // A partner that came back from an old copy asks where the channel stands.
            return Decision.repeat(
                    new Effect.Send(
                            new ChannelMessage.Reestablish(standing.nonce(), standing.proof())),
                    new Effect.Send(new ChannelMessage.CountersignClose(balances, mine)));
        }
        if (action instanceof ChannelAction.Hear || action instanceof ChannelAction.CloseTogether) {
            return Decision.repeat(
                    new Effect.Send(new ChannelMessage.CountersignClose(balances, mine)));
        }
        if (action instanceof ChannelAction.NotTaken
                || action instanceof ChannelAction.Restored
                || action instanceof ChannelAction.TakeBack) {
            return Decision.repeat();
        }
        return notNow(action);
    }

    // Both wished to close at once: each has signed, and now holds both signatures.
    private Decision partnerSigned(ChannelMessage.CountersignClose signed) {
        if (!signatures.isEmpty()) {
            return Decision.repeat();
        }
        boolean valid =
                signed.balances().equals(balances)
                        && Tools.partnerSigned(
                                party, signed.signature(), DomainTag.CHANNEL_CLOSE, balances);
        if (!valid) {
            return Decision.refuse(new Refusal.BadSignature("the closing balances"));
        }
        List<Signature> both = Tools.inOrder(party, mine, signed.signature());
        return Decision.accept(
                new ChannelEvent.CloseCompleted(balances, both), publish(balances, both));
    }

    private Decision seen(ChannelAction.ChainSeen seen) {
        if (seen.settled().isPresent()
                && seen.settled().get().phase() == ChannelEntry.Phase.CLOSED) {
            return ended(seen.settled().get());
        }
        Optional<ChannelEntry.Phase> tentative = seen.tentative().map(ChannelEntry::phase);
        boolean unpublished = !tentative.equals(Optional.of(ChannelEntry.Phase.CLOSED));
        if (unpublished && !signatures.isEmpty()) {
            return Decision.repeat(publish(balances, signatures));
        }
        return Decision.accept(
                List.of(), new Disputed(party, standing, false, Optional.empty()).owed(seen));
    }

    // Closing together overrides a dispute, and leaves what the dispute had recorded as it was.
    private Decision ended(ChannelEntry settled) {
        boolean overridden =
                settled.changedAt().isBefore(settled.closesAt())
                        && settled.agreed().isBefore(standing.nonce());
        return overridden
                ? Ended.decide(standing, balances.balances())
                : Ended.decide(settled, standing);
    }

    static Effect publish(ClosingBalances balances, List<Signature> signatures) {
        return new Effect.Submit(
                "close-mutual", new ChannelTransaction.CloseMutual(balances, signatures), 0, 0);
    }

    @Override
    public boolean awaitsChain() {
        return true;
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.CloseCompleted completed) {
            return new Closing(party, standing, balances, mine, completed.signatures());
        }
        if (event instanceof ChannelEvent.DisputeBegun begun) {
            return new Disputed(
                    party, standing.withOffer(Optional.empty()), begun.mine(), begun.step());
        }
        if (event instanceof ChannelEvent.Ended ended) {
            return Ended.of(party, standing, ended);
        }
        throw impossible(event);
    }
}
