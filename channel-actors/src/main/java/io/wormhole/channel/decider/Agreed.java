package io.wormhole.channel.decider;

import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;

/** Both signed the terms; the opening is not final. */
public record Agreed(ChannelParty party, List<Signature> signatures) implements KnownChannel {
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
            return seen(seen);
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
        return notNow(action);
    }

    private Decision seen(ChannelAction.ChainSeen seen) {
        // Paper, 2.E: a channel is usable when its opening is final.
        Optional<ChannelEntry> settled = seen.settled();
        if (settled.isPresent()) {
            return Decision.accept(new ChannelEvent.OpenedOnChain(), new Effect.TellReady());
        }
        return party.isOpener() && seen.tentative().isEmpty()
                ? Decision.repeat(publish(party, signatures))
                : Decision.repeat();
    }

    static Effect publish(ChannelParty party, List<Signature> signatures) {
        return new Effect.Submit(
                "open", new ChannelTransaction.Open(party.terms(), signatures), 0, 0);
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.OpenedOnChain) {
            return new Open(party, Standing.opening(party), Optional.empty());
        }
        throw impossible(event);
    }
}
