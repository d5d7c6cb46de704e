package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The end is final; the payouts are what the chain paid.
 *
 * @param heard secrets that the partner showed to locks: they may be worth money in another channel
 */
public record Ended(
        ChannelParty party, List<Amount> payouts, List<HeardStep> heard, DoneRequests done)
        implements KnownChannel {
    /** Copies the lists. */
    public Ended {
        payouts = List.copyOf(payouts);
        heard = List.copyOf(heard);
    }

    /** The end of a channel in which nothing was shown or done that matters later. */
    public Ended(ChannelParty party, List<Amount> payouts) {
        this(party, payouts, List.of(), DoneRequests.NONE);
    }

    static Ended of(ChannelParty party, Standing standing, ChannelEvent.Ended event) {
        return new Ended(
                party, event.payouts(), HeardStep.secrets(standing.allHeard()), standing.done());
    }

    @Override
    public String phase() {
        return "closed";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen) {
            // Told again: whoever keeps lists of channels may have missed it by a crash.
            return Decision.repeat(new Effect.TellEnded(payouts));
        }
        if (action instanceof ChannelAction.Connected
                || action instanceof ChannelAction.Restored
                || action instanceof ChannelAction.TakeBack
                || action instanceof ChannelAction.CloseTogether
                || action instanceof ChannelAction.NotTaken) {
            return Decision.repeat();
        }
        return notNow(action);
    }

    /** The end after a dispute, or after closing balances that this side signed long ago. */
    static Decision decide(ChannelEntry settled, Standing standing) {
        boolean together = settled.closesAt().equals(BlockHeight.ZERO);
        return decide(
                standing, together ? newest(standing).payouts() : settled.recorded().payouts());
    }

    // Closing together pays the newest co-signed state, which a side that lost data knows by proof.
    private static ChannelState newest(Standing standing) {
        return standing.proof()
                .filter(proof -> proof.nonce().isAfter(standing.nonce()))
                .map(CoSignedState::state)
                .orElse(standing.position().state());
    }

    /** The end with these payouts: what was still wanted will not be. */
    static Decision decide(Standing standing, List<Amount> payouts) {
        List<Effect> effects = new ArrayList<>(standing.dropOffer("the channel is closed"));
        effects.add(new Effect.TellEnded(payouts));
        return Decision.accept(List.of(new ChannelEvent.Ended(payouts)), effects);
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        throw impossible(event);
    }
}
