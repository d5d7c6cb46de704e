package io.wormhole.channel.decider;

import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import java.util.List;
import java.util.Optional;

/**
 * This side signed terms and waits for the partner. The partner can publish them even after it
 * refused, so they are never forgotten.
 *
 * @param refused why the partner did not agree
 */
public record Proposed(ChannelParty party, Signature mine, Optional<String> refused)
        implements KnownChannel {
    /** Terms without an answer. */
    public Proposed(ChannelParty party, Signature mine) {
        this(party, mine, Optional.empty());
    }

    @Override
    public String phase() {
        return "proposed";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.Open) {
            return Decision.repeat(request());
        }
        if (action instanceof ChannelAction.Connected) {
            return refused.isEmpty() ? Decision.repeat(request()) : Decision.repeat();
        }
        if (action instanceof ChannelAction.Hear hear) {
            return hear(hear);
        }
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen, tools);
        }
        if (action instanceof ChannelAction.Restored) {
            return Decision.accept(new ChannelEvent.DoubtArose(), new Effect.TellDoubt());
        }
        if (action instanceof ChannelAction.TakeBack back) {
            return Restoring.over(this, back, tools);
        }
        return notNow(action);
    }

    private Effect request() {
        return new Effect.Send(new ChannelMessage.OpenRequest(party.terms(), mine));
    }

    private Decision seen(ChannelAction.ChainSeen seen, Tools tools) {
        if (seen.settled().isPresent()) {
            return Agreed.opened(party, seen, tools);
        }
        return refused.isEmpty() ? Decision.repeat(request()) : Decision.repeat();
    }

    private Decision hear(ChannelAction.Hear hear) {
        if (hear.message() instanceof ChannelMessage.OpenAgreed agreed) {
            if (!Tools.partnerSigned(
                    party, agreed.signature(), DomainTag.CHANNEL_TERMS, party.terms())) {
                return Decision.refuse(new Refusal.BadSignature("the terms"));
            }
            List<Signature> signatures = List.of(mine, agreed.signature());
            return Decision.accept(
                    new ChannelEvent.TermsAgreed(
                            party.network(), party.terms(), party.me(), signatures),
                    Agreed.publish(party, signatures));
        }
        if (hear.message() instanceof ChannelMessage.OpenRefused no) {
            return refused.isPresent()
                    ? Decision.repeat()
                    : Decision.accept(
                            new ChannelEvent.OpenAbandoned(no.reason()),
                            new Effect.TellOpenFailed(no.reason()));
        }
        return notNow(hear);
    }

    @Override
    public boolean awaitsChain() {
        return refused.isEmpty();
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.TermsAgreed agreed) {
            return new Agreed(party, agreed.signatures());
        }
        if (event instanceof ChannelEvent.OpenAbandoned abandoned) {
            return new Proposed(party, mine, Optional.of(abandoned.reason()));
        }
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
