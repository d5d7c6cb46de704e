package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The partner proved a state that this side signed and does not know: its data was lost. It signs
 * nothing any more. The proven state is enforceable: it serves against a stale close, and to close
 * alone when the owner wants it.
 */
public record Lost(ChannelParty party, Standing standing, CoSignedState proof)
        implements KnownChannel {
    @Override
    public String phase() {
        return "behind its partner";
    }

    @Override
    public DoneRequests done() {
        return standing.done();
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen);
        }
        if (action instanceof ChannelAction.Connected
                || action instanceof ChannelAction.Restored
                || action instanceof ChannelAction.TakeBack
                || action instanceof ChannelAction.NotTaken) {
            return Decision.repeat();
        }
        if (action instanceof ChannelAction.Dispute) {
            return Decision.accept(
                    new ChannelEvent.DisputeBegun(true, Optional.empty()),
                    new Effect.TellDispute(true));
        }
        if (action instanceof ChannelAction.Trust) {
            return goOn(tools);
        }
        if (action instanceof ChannelAction.Hear hear
                && hear.message() instanceof ChannelMessage.Reestablish theirs) {
            Optional<CoSignedState> newer = newer(party, theirs, proof.nonce().value());
            if (newer.isPresent()) {
                return Decision.accept(new ChannelEvent.LossDetected(newer.get()));
            }
        }
        return Decision.refuse(new Refusal.Behind(standing.nonce(), proof.nonce()));
    }

    // The owner believes the partner that nothing is newer than what it proved.
    private Decision goOn(Tools tools) {
        Optional<Standing> newest = standing.continuedFrom(proof);
        if (newest.isEmpty()) {
            return Decision.refuse(new Refusal.ContractsUnknown(proof.state().locks().size()));
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.TellReady());
        effects.addAll(new Open(party, newest.get(), Optional.empty()).sayAgain(tools));
        return Decision.accept(List.of(new ChannelEvent.DoubtCleared()), effects);
    }

    /** A state in {@code theirs} that both signed after {@code known}. */
    static Optional<CoSignedState> newer(
            ChannelParty party, ChannelMessage.Reestablish theirs, long known) {
        return theirs.proof()
                .filter(state -> state.nonce().value() > known)
                .filter(state -> state.isSignedUnder(party.terms(), party.network()));
    }

    private Decision seen(ChannelAction.ChainSeen seen) {
        if (seen.settled().isPresent()
                && seen.settled().get().phase() == ChannelEntry.Phase.CLOSED) {
            return Ended.decide(seen.settled().get(), standing.proven(proof));
        }
        return Decision.accept(List.of(), disputed(false).owed(seen));
    }

    private Disputed disputed(boolean mine) {
        return new Disputed(party, standing.proven(proof), mine, Optional.empty());
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.LossDetected loss) {
            return new Lost(party, standing, loss.proof());
        }
        if (event instanceof ChannelEvent.DoubtCleared) {
            return new Open(party, standing.continuedFrom(proof).orElseThrow(), Optional.empty());
        }
        if (event instanceof ChannelEvent.DisputeBegun begun) {
            return disputed(begun.mine());
        }
        if (event instanceof ChannelEvent.Ended ended) {
            return Ended.of(party, standing, ended);
        }
        throw impossible(event);
    }
}
