package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;

/**
 * The partner proved a state that this side signed and does not know: its data was lost. It signs
 * and publishes nothing old; the proven state itself is enforceable and serves against a stale
 * close.
 */
public record Lost(ChannelParty party, Standing standing, CoSignedState proof)
        implements KnownChannel {
    @Override
    public String phase() {
        return "behind its partner";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen);
        }
        if (action instanceof ChannelAction.Connected) {
            return Decision.repeat();
        }
        return Decision.refuse(new Refusal.Behind(standing.nonce(), proof.nonce()));
    }

    private Decision seen(ChannelAction.ChainSeen seen) {
        if (seen.settled().isPresent()
                && seen.settled().get().phase() == ChannelEntry.Phase.CLOSED) {
            return Ended.decide(seen.settled().get());
        }
        return new Decision.Accepted(List.of(), proven().owed(seen));
    }

    private Disputed proven() {
        Standing known =
                new Standing(
                        standing.position(),
                        Optional.of(proof),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        return new Disputed(party, known, false, Optional.empty());
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.Ended ended) {
            return new Ended(party, ended.payouts());
        }
        throw impossible(event);
    }
}
