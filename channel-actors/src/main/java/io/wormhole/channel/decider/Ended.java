package io.wormhole.channel.decider;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;

/** The end is final; the payouts are what the chain paid. */
public record Ended(ChannelParty party, List<Amount> payouts) implements KnownChannel {
    /** Copies the list. */
    public Ended {
        payouts = List.copyOf(payouts);
    }

    @Override
    public String phase() {
        return "closed";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen
                || action instanceof ChannelAction.Connected
                || action instanceof ChannelAction.CloseTogether) {
            return Decision.repeat();
        }
        return notNow(action);
    }

    static Decision decide(ChannelEntry settled) {
        // The ledger records the state in which it paid as the last one.
        List<Amount> payouts = settled.recorded().payouts();
        return Decision.accept(new ChannelEvent.Ended(payouts), new Effect.TellEnded(payouts));
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        throw impossible(event);
    }
}
