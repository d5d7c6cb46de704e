package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import java.util.List;

/** No channel yet. */
public record Absent() implements ChannelMemory {
    @Override
    public String phase() {
        return "absent";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.Open open) {
            return open(open, tools);
        }
        if (action instanceof ChannelAction.Agree agree) {
            return agree(agree, tools);
        }
        if (action instanceof ChannelAction.TakeBack back) {
            return Restoring.from(back, tools);
        }
        return notNow(action);
    }

    private static Decision open(ChannelAction.Open open, Tools tools) {
        ChannelTerms terms = open.terms();
        if (!terms.participants().get(0).key().equals(tools.key().publicKey())) {
            return Decision.refuse(
                    new Refusal.WrongParty("the opener must be participant 0 of the terms"));
        }
        ChannelParty party = new ChannelParty(open.network(), terms, 0);
        Signature mine = tools.sign(party, DomainTag.CHANNEL_TERMS, terms);
        return Decision.accept(
                new ChannelEvent.OpenProposed(open.network(), terms, mine),
                new Effect.Send(new ChannelMessage.OpenRequest(terms, mine)));
    }

    private static Decision agree(ChannelAction.Agree agree, Tools tools) {
        ChannelTerms terms = agree.request().terms();
        if (!terms.participants().get(1).key().equals(tools.key().publicKey())) {
            return Decision.refuse(
                    new Refusal.WrongParty("this side must be participant 1 of the terms"));
        }
        ChannelParty party = new ChannelParty(agree.network(), terms, 1);
        Signature partners = agree.request().signature();
        if (!Tools.partnerSigned(party, partners, DomainTag.CHANNEL_TERMS, terms)) {
            return Decision.refuse(new Refusal.BadSignature("the terms"));
        }
        Signature mine = tools.sign(party, DomainTag.CHANNEL_TERMS, terms);
        return Decision.accept(
                new ChannelEvent.TermsAgreed(agree.network(), terms, 1, List.of(partners, mine)),
                new Effect.Send(new ChannelMessage.OpenAgreed(mine)));
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.OpenProposed proposed) {
            return new Proposed(
                    new ChannelParty(proposed.network(), proposed.terms(), 0), proposed.mine());
        }
        if (event instanceof ChannelEvent.TermsAgreed agreed) {
            return new Agreed(
                    new ChannelParty(agreed.network(), agreed.terms(), agreed.me()),
                    agreed.signatures());
        }
        if (event instanceof ChannelEvent.TakenBack taken) {
            return taken.copy();
        }
        throw impossible(event);
    }
}
