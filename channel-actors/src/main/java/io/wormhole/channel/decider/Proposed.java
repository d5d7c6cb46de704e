package io.wormhole.channel.decider;

import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import java.util.List;

/** This side signed terms and waits for the partner. */
public record Proposed(ChannelParty party, Signature mine) implements KnownChannel {
    @Override
    public String phase() {
        return "proposed";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.Connected || action instanceof ChannelAction.Open) {
            return Decision.repeat(
                    new Effect.Send(new ChannelMessage.OpenRequest(party.terms(), mine)));
        }
        if (action instanceof ChannelAction.Hear hear) {
            return hear(hear);
        }
        if (action instanceof ChannelAction.ChainSeen) {
            return Decision.repeat();
        }
        return notNow(action);
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
        if (hear.message() instanceof ChannelMessage.OpenRefused refused) {
            return Decision.accept(
                    new ChannelEvent.OpenAbandoned(refused.reason()),
                    new Effect.TellOpenFailed(refused.reason()));
        }
        return notNow(hear);
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.TermsAgreed agreed) {
            return new Agreed(party, agreed.signatures());
        }
        if (event instanceof ChannelEvent.OpenAbandoned) {
            return new Absent();
        }
        throw impossible(event);
    }
}
