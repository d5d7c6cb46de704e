package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;

/**
 * This side signed closing balances and signs nothing else any more.
 *
 * @param signatures both, on the side that proposed and so publishes; empty on the other
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
                    new ChannelEvent.DisputeBegun(true, dispute.step()),
                    new Effect.TellDispute(true));
        }
        if (action instanceof ChannelAction.Connected
                || action instanceof ChannelAction.Hear
                || action instanceof ChannelAction.CloseTogether) {
            return signatures.isEmpty()
                    ? Decision.repeat(
                            new Effect.Send(new ChannelMessage.CountersignClose(balances, mine)))
                    : Decision.repeat();
        }
        return notNow(action);
    }

    private Decision seen(ChannelAction.ChainSeen seen) {
        if (seen.settled().isPresent()
                && seen.settled().get().phase() == ChannelEntry.Phase.CLOSED) {
            return Ended.decide(seen.settled().get());
        }
        Optional<ChannelEntry.Phase> tentative = seen.tentative().map(ChannelEntry::phase);
        if (tentative.equals(Optional.of(ChannelEntry.Phase.CLOSING)) && signatures.isEmpty()) {
            return new Decision.Accepted(
                    List.of(new ChannelEvent.DisputeBegun(false, Optional.empty())),
                    new Disputed(party, standing, false, Optional.empty()).owed(seen));
        }
        boolean unpublished = !tentative.equals(Optional.of(ChannelEntry.Phase.CLOSED));
        return unpublished && !signatures.isEmpty()
                ? Decision.repeat(publish(balances, signatures))
                : Decision.repeat();
    }

    static Effect publish(ClosingBalances balances, List<Signature> signatures) {
        return new Effect.Submit(
                "close-mutual", new ChannelTransaction.CloseMutual(balances, signatures), 0, 0);
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.DisputeBegun begun) {
            return new Disputed(party, standing, begun.mine(), begun.step());
        }
        if (event instanceof ChannelEvent.Ended ended) {
            return new Ended(party, ended.payouts());
        }
        throw impossible(event);
    }
}
