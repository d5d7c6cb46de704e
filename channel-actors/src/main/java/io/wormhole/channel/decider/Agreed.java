package io.wormhole.channel.decider;

import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Both signed the terms; the opening is not final. */
public record Agreed(ChannelParty party, List<Signature> signatures) implements KnownChannel {
    private static final String PURPOSE = "open";

    /** Copies the list. */
    public Agreed {
        signatures = List.copyOf(signatures);
    }

    @Override
    public String phase() {
        return "opening";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen, tools);
        }
        if (action instanceof ChannelAction.NotTaken refused) {
            return refused.purpose().equals(PURPOSE)
                    ? Decision.repeat(new Effect.TellOpenFailed(refused.reason()))
                    : Decision.repeat();
        }
        if (action instanceof ChannelAction.Connected
                || action instanceof ChannelAction.Agree
                || action instanceof ChannelAction.Hear) {
            return party.isOpener()
                    ? Decision.repeat()
                    : Decision.repeat(
                            new Effect.Send(
                                    new ChannelMessage.OpenAgreed(signatures.get(party.me()))));
        }
        if (action instanceof ChannelAction.Restored) {
            return Decision.accept(new ChannelEvent.DoubtArose(), new Effect.TellDoubt());
        }
        if (action instanceof ChannelAction.TakeBack back) {
            return Restoring.over(this, back, tools);
        }
        return notNow(action);
    }

    private Decision seen(ChannelAction.ChainSeen seen, Tools tools) {
        // Paper, 2.E: a channel is usable when its opening is final.
        if (seen.settled().isPresent()) {
            return opened(party, seen, tools);
        }
        return party.isOpener() && seen.tentative().isEmpty()
                ? Decision.repeat(publish(party, signatures))
                : Decision.repeat();
    }

    /** The opening is final; perhaps more has happened since. */
    static Decision opened(ChannelParty party, ChannelAction.ChainSeen seen, Tools tools) {
        List<ChannelEvent> events = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        events.add(new ChannelEvent.OpenedOnChain());
        effects.add(new Effect.TellReady());
        // What the partner said while it knew of the opening and this side did not is asked again.
        effects.add(new Effect.Send(new ChannelMessage.Reestablish(Nonce.ZERO, Optional.empty())));
        if (Open.fresh(party).on(seen, tools) instanceof Decision.Accepted more) {
            events.addAll(more.events());
            effects.addAll(more.effects());
        }
        return Decision.accept(events, effects);
    }

    static Effect publish(ChannelParty party, List<Signature> signatures) {
        return new Effect.Submit(
                PURPOSE, new ChannelTransaction.Open(party.terms(), signatures), 0, 0);
    }

    @Override
    public boolean awaitsChain() {
        return true;
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.OpenedOnChain) {
            return Open.fresh(party);
        }
        if (event instanceof ChannelEvent.TakenBack taken) {
            return taken.copy();
        }
        if (event instanceof ChannelEvent.DoubtArose) {
            // It may have been opened and used since.
            return Open.fresh(party).inDoubt();
        }
        throw impossible(event);
    }
}
