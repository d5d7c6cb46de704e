package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Updates of an open channel. The proposer wishes without signing, the responder signs first, the
 * proposer signs and acknowledges. Since nobody signs two states with one nonce, wishes that cross
 * are settled before anything is signed: the participant whose index has the nonce's parity goes
 * first, the other's wish waits for the next nonce. A wish to close has signed nothing either, so
 * it always gives way.
 */
final class UpdateProtocol {
    private final Open open;
    private final ChannelParty party;
    private final Standing standing;
    private final Tools tools;

    UpdateProtocol(Open open, Tools tools) {
        this.open = open;
        this.party = open.party();
        this.standing = open.standing();
        this.tools = tools;
    }

    Decision offer(Offer offer) {
        if (open.closing().isPresent()) {
            return Decision.refuse(new Refusal.NotInPhase("an update", "closing"));
        }
        if (open.resize().isPresent()) {
            return Decision.refuse(new Refusal.Busy(open.resize().get().name()));
        }
        if (standing.offer().isPresent()) {
            return standing.offer().get().equals(offer)
                    ? Decision.repeat()
                    : Decision.refuse(new Refusal.Busy(standing.offer().get().request()));
        }
        int size = offer.update().encoded().size();
        if (size > Update.MAXIMUM_BYTES) {
            return Decision.refuse(
                    new Refusal.OperationRefused(
                            0, "an update of " + size + " bytes, at most 1048576 are allowed"));
        }
        UpdateRules.Result result = tools.apply(party, standing.position(), offer.update());
        if (result instanceof UpdateRules.Result.Refused refused) {
            return Decision.refuse(new Refusal.OperationRefused(refused.index(), refused.reason()));
        }
        ChannelEvent event = new ChannelEvent.UpdateOffered(offer);
        return standing.pending().isPresent()
                ? Decision.accept(event)
                : Decision.accept(event, propose(standing.nextNonce(), offer));
    }

    Decision partnerProposes(ChannelMessage.Propose propose) {
        Nonce expected = standing.nextNonce();
        if (!propose.nonce().equals(expected)) {
            // An old or early wish is not an error: its sender catches up by reestablishing.
            return Decision.refuse(new Refusal.UnexpectedNonce(propose.nonce(), expected));
        }
        if (standing.pending().isPresent()) {
            return alreadySigned(standing.pending().get(), propose);
        }
        if (standing.offer().isPresent() && goesFirst(expected)) {
            return Decision.repeat(propose(expected, standing.offer().get()));
        }
        Optional<String> objection =
                ConsentRules.objection(party, standing, propose.update(), tools);
        if (objection.isPresent()) {
            return refuse(propose, new Refusal.OperationRefused(0, objection.get()));
        }
        UpdateRules.Result result = tools.apply(party, standing.position(), propose.update());
        if (result instanceof UpdateRules.Result.Refused refused) {
            return refuse(propose, new Refusal.OperationRefused(refused.index(), refused.reason()));
        }
        return sign(propose, ((UpdateRules.Result.Moved) result).position());
    }

    private Decision sign(ChannelMessage.Propose propose, ChannelPosition next) {
        Signature mine = tools.sign(party, DomainTag.CHANNEL_STATE, next.state());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Send(new ChannelMessage.Countersign(propose.nonce(), mine)));
        if (open.closing().isPresent()) {
            effects.add(new Effect.TellCloseFailed("an update of the partner came first"));
        }
        if (open.resize().isPresent()) {
            effects.add(new Effect.TellResizeFailed("an update of the partner came first"));
        }
        return Decision.accept(
                List.of(new ChannelEvent.UpdateSigned(propose.update(), mine)), effects);
    }

    private boolean goesFirst(Nonce nonce) {
        return nonce.value() % 2 == party.me();
    }

    private Decision refuse(ChannelMessage.Propose propose, Refusal refusal) {
        List<Effect> effects = new ArrayList<>();
        effects.add(
                new Effect.Send(
                        new ChannelMessage.RefuseUpdate(
                                propose.nonce(),
                                propose.update().fingerprint(),
                                refusal.message())));
        if (standing.pending().isEmpty()) {
            // The partner passed over our wish in favour of its own, which is now out of the way.
            standing.offer().ifPresent(offer -> effects.add(propose(propose.nonce(), offer)));
        }
        return new Decision.Refused(refusal, effects);
    }

    // Invariant 4: one signature per nonce. The same wish gets the same signature again.
    private Decision alreadySigned(SignedUpdate pending, ChannelMessage.Propose propose) {
        if (pending.update().equals(propose.update())) {
            return Decision.repeat(countersign(pending));
        }
        // Said again, since a partner with another wish may have forgotten the signed one.
        List<Effect> effects = new ArrayList<>();
        Refusal busy = new Refusal.Busy("with nonce " + propose.nonce());
        effects.addAll(((Decision.Refused) refuse(propose, busy)).effects());
        effects.add(countersign(pending));
        return new Decision.Refused(busy, effects);
    }

    Decision partnerCountersigns(ChannelMessage.Countersign countersign) {
        if (countersign.nonce().equals(standing.nonce()) && standing.proof().isPresent()) {
            return Decision.repeat(Open.acknowledge(party, standing.proof().get()));
        }
        ForgottenWish forgotten = new ForgottenWish(party, standing, tools);
        if (forgotten.isOfPartner(countersign)) {
            return forgotten.passedOver(countersign);
        }
        if (forgotten.isMine(countersign)) {
            return forgotten.passOver();
        }
        if (!countersign.nonce().equals(standing.nextNonce())
                || standing.offer().isEmpty()
                || standing.pending().isPresent()) {
            return Decision.refuse(
                    new Refusal.UnexpectedNonce(countersign.nonce(), standing.nextNonce()));
        }
        Offer offer = standing.offer().get();
        ChannelPosition next = moved(offer.update());
        if (!Tools.partnerSigned(
                party, countersign.signature(), DomainTag.CHANNEL_STATE, next.state())) {
            return Decision.refuse(new Refusal.BadSignature("state " + countersign.nonce()));
        }
        Signature mine = tools.sign(party, DomainTag.CHANNEL_STATE, next.state());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Send(new ChannelMessage.Acknowledge(countersign.nonce(), mine)));
        offer.requests().forEach(it -> effects.add(new Effect.TellCompleted(it, next)));
        return Decision.accept(
                List.of(
                        new ChannelEvent.OfferCompleted(
                                Tools.inOrder(party, mine, countersign.signature()))),
                effects);
    }

    Decision partnerAcknowledges(ChannelMessage.Acknowledge acknowledge) {
        Nonce awaited = standing.pending().map(SignedUpdate::nonce).orElse(standing.nextNonce());
        if (standing.pending().isEmpty() || !acknowledge.nonce().equals(awaited)) {
            return acknowledge.nonce().equals(standing.nonce())
                    ? Decision.repeat()
                    : Decision.refuse(new Refusal.UnexpectedNonce(acknowledge.nonce(), awaited));
        }
        SignedUpdate signed = standing.pending().get();
        if (!Tools.partnerSigned(
                party,
                acknowledge.signature(),
                DomainTag.CHANNEL_STATE,
                signed.position().state())) {
            return Decision.refuse(new Refusal.BadSignature("state " + acknowledge.nonce()));
        }
        List<ChannelEvent> events = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        events.add(
                new ChannelEvent.PendingCompleted(
                        Tools.inOrder(party, signed.mine(), acknowledge.signature())));
        if (!signed.isSkipAfter(standing.nonce())) {
            effects.add(new Effect.TellPartnerUpdate(signed.update(), signed.position()));
        }
        standing.offer().ifPresent(offer -> again(offer, signed, events, effects));
        return Decision.accept(events, effects);
    }

    // An own wish that waited is wished again from the new position, if it is still possible.
    private void again(
            Offer offer, SignedUpdate signed, List<ChannelEvent> events, List<Effect> effects) {
        UpdateRules.Result result = tools.apply(party, signed.position(), offer.update());
        if (result instanceof UpdateRules.Result.Refused refused) {
            events.add(new ChannelEvent.OfferDropped(refused.reason()));
            effects.addAll(standing.dropOffer(refused.reason()));
        } else {
            effects.add(propose(signed.position().state().nonce().next(), offer));
        }
    }

    Decision partnerRefuses(ChannelMessage.RefuseUpdate refuse) {
        boolean current =
                standing.pending().isEmpty()
                        && refuse.nonce().equals(standing.nextNonce())
                        && standing.offer()
                                .filter(it -> it.update().fingerprint().equals(refuse.update()))
                                .isPresent();
        return current
                ? Decision.accept(
                        List.of(new ChannelEvent.OfferDropped(refuse.reason())),
                        standing.dropOffer(refuse.reason()))
                : Decision.repeat();
    }

    /** What this side still wants or owes of updates, said again. */
    List<Effect> unanswered() {
        if (standing.pending().isPresent()) {
            return List.of(countersign(standing.pending().get()));
        }
        return standing.offer().map(offer -> propose(standing.nextNonce(), offer)).stream()
                .toList();
    }

    ChannelPosition moved(Update update) {
        UpdateRules.Result result = tools.apply(party, standing.position(), update);
        if (result instanceof UpdateRules.Result.Moved moved) {
            return moved.position();
        }
        throw new IllegalStateException("an update that was possible is refused: " + result);
    }

    static Effect countersign(SignedUpdate pending) {
        return new Effect.Send(new ChannelMessage.Countersign(pending.nonce(), pending.mine()));
    }

    static Effect propose(Nonce nonce, Offer offer) {
        return new Effect.Send(new ChannelMessage.Propose(nonce, offer.update()));
    }
}
