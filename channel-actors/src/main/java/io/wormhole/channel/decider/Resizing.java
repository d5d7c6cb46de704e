package io.wormhole.channel.decider;

import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * This side signed a deposit or a withdrawal and signs no update before it is final: whoever has
 * both signatures can bring it to the chain at any time, and it replaces every state from before.
 *
 * @param standing what was held before, and is if the channel is closed alone first
 * @param signatures both, on the side that has both and so publishes; else empty
 */
public record Resizing(
        ChannelParty party,
        Standing standing,
        Resize resize,
        Signature mine,
        List<Signature> signatures)
        implements KnownChannel {
    /** Copies the list. */
    public Resizing {
        signatures = List.copyOf(signatures);
    }

    @Override
    public String phase() {
        return "resizing";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen, tools);
        }
        if (action instanceof ChannelAction.Dispute dispute) {
            return Decision.accept(
                    List.of(new ChannelEvent.DisputeBegun(true, dispute.step())),
                    Open.beginDispute(standing));
        }
        if (action instanceof ChannelAction.Hear hear) {
            return hear(hear);
        }
        if (action instanceof ChannelAction.Connected) {
            List<Effect> said = new ArrayList<>();
            said.add(
                    new Effect.Send(
                            new ChannelMessage.Reestablish(standing.nonce(), standing.proof())));
            said.addAll(countersigned());
            return Decision.accept(List.of(), said);
        }
        if (action instanceof ChannelAction.Restored || action instanceof ChannelAction.TakeBack) {
            return Decision.accept(new ChannelEvent.DoubtArose(), new Effect.TellDoubt());
        }
        if (action instanceof ChannelAction.Resize again) {
            boolean same =
                    !signatures.isEmpty()
                            && again.withdrawal() == resize.withdrawal()
                            && again.amount().equals(resize.change().amounts().get(party.me()));
            return same ? Decision.repeat() : notNow(action);
        }
        if (action instanceof ChannelAction.NotTaken refused) {
            return refused.purpose().startsWith(resize.name())
                    ? Decision.repeat(new Effect.TellResizeFailed(refused.reason()))
                    : Decision.repeat();
        }
        return notNow(action);
    }

    // What else the partner says waits: it says it again when both have seen the chain.
    private Decision hear(ChannelAction.Hear hear) {
        if (hear.message() instanceof ChannelMessage.ProposeResize
                || hear.message() instanceof ChannelMessage.Reestablish) {
            return Decision.accept(List.of(), countersigned());
        }
        if (hear.message() instanceof ChannelMessage.CountersignResize) {
            return Decision.repeat();
        }
        return notNow(hear);
    }

    private List<Effect> countersigned() {
        return signatures.isEmpty()
                ? List.of(new Effect.Send(new ChannelMessage.CountersignResize(resize, mine)))
                : List.of();
    }

    private Decision seen(ChannelAction.ChainSeen seen, Tools tools) {
        Optional<ChannelEntry> settled = seen.settled();
        if (settled.isPresent() && settled.get().phase() == ChannelEntry.Phase.CLOSED) {
            return Ended.decide(settled.get(), standing);
        }
        boolean closingAlone =
                seen.tentative().isPresent()
                        && seen.tentative().get().phase() != ChannelEntry.Phase.OPEN;
        if (closingAlone) {
            List<Effect> effects = new ArrayList<>();
            effects.add(new Effect.TellDispute(false));
            effects.addAll(new Disputed(party, standing, false, Optional.empty()).owed(seen));
            return Decision.accept(
                    List.of(new ChannelEvent.DisputeBegun(false, Optional.empty())), effects);
        }
        if (settled.filter(this::isDone).isPresent()) {
            Open open = resized();
            List<Effect> effects = new ArrayList<>();
            effects.add(new Effect.TellReady());
            effects.addAll(open.sayAgain(tools));
            return Decision.accept(
                    List.of(new ChannelEvent.MovedOnChain(resize.change().state())), effects);
        }
        boolean included = seen.tentative().filter(this::isDone).isPresent();
        return signatures.isEmpty() || included || seen.tentative().isEmpty()
                ? Decision.repeat()
                : Decision.repeat(resize.publish(signatures));
    }

    private boolean isDone(ChannelEntry entry) {
        return entry.agreed().equals(resize.nonce());
    }

    private Open resized() {
        return new Open(
                party, standing.movedTo(resize.change().state()).orElseThrow(), Optional.empty());
    }

    @Override
    public boolean awaitsChain() {
        return true;
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.MovedOnChain) {
            return resized();
        }
        if (event instanceof ChannelEvent.DisputeBegun begun) {
            return new Disputed(party, standing, begun.mine(), begun.step());
        }
        if (event instanceof ChannelEvent.DoubtArose) {
            // It may have become final and the channel been used since.
            return new Open(party, standing, Optional.empty()).inDoubt();
        }
        if (event instanceof ChannelEvent.Ended ended) {
            return Ended.of(party, standing, ended);
        }
        throw impossible(event);
    }
}
