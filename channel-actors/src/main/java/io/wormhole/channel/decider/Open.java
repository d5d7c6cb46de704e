package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The channel can be used. An update takes three messages: the proposer wishes without signing, the
 * responder signs first, the proposer signs and acknowledges. Since nobody signs two states with
 * one nonce, wishes that cross are settled before anything is signed: the participant whose index
 * has the nonce's parity goes first, the other's wish waits for the next nonce.
 *
 * @param closing balances with which this side wished to close; nothing is signed
 */
public record Open(ChannelParty party, Standing standing, Optional<ClosingBalances> closing)
        implements KnownChannel {
    @Override
    public String phase() {
        return "open";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.MakeOffer make) {
            return offer(make.offer(), tools);
        }
        if (action instanceof ChannelAction.Hear hear) {
            return hear(hear, tools);
        }
        if (action instanceof ChannelAction.Connected) {
            return Decision.repeat(reestablish());
        }
        if (action instanceof ChannelAction.CloseTogether) {
            return closeTogether();
        }
        if (action instanceof ChannelAction.Dispute dispute) {
            return Decision.accept(
                    new ChannelEvent.DisputeBegun(true, dispute.step()),
                    new Effect.TellDispute(true));
        }
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen);
        }
        return notNow(action);
    }

    private Decision offer(Offer offer, Tools tools) {
        if (closing.isPresent()) {
            return Decision.refuse(new Refusal.NotInPhase("an update", "closing"));
        }
        if (standing.offer().isPresent()) {
            return standing.offer().get().equals(offer)
                    ? Decision.repeat()
                    : Decision.refuse(new Refusal.Busy(standing.offer().get().request()));
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

    private Decision hear(ChannelAction.Hear hear, Tools tools) {
        ChannelMessage message = hear.message();
        if (message instanceof ChannelMessage.Propose propose) {
            return partnerProposes(propose, tools);
        }
        if (message instanceof ChannelMessage.Countersign countersign) {
            return partnerCountersigns(countersign, tools);
        }
        if (message instanceof ChannelMessage.Acknowledge acknowledge) {
            return partnerAcknowledges(acknowledge, tools);
        }
        if (message instanceof ChannelMessage.RefuseUpdate refuse) {
            return partnerRefuses(refuse);
        }
        if (message instanceof ChannelMessage.ProposeClose propose) {
            return partnerProposesClose(propose, tools);
        }
        if (message instanceof ChannelMessage.CountersignClose signed) {
            return partnerSignsClose(signed, tools);
        }
        if (message instanceof ChannelMessage.RefuseClose refuse && closing.isPresent()) {
            return Decision.accept(
                    new ChannelEvent.CloseAbandoned(refuse.reason()),
                    new Effect.TellCloseFailed(refuse.reason()));
        }
        if (message instanceof ChannelMessage.Reestablish reestablish) {
            return partnerReestablishes(reestablish);
        }
        if (message instanceof ChannelMessage.OpenAgreed
                || message instanceof ChannelMessage.OpenRequest) {
            return Decision.repeat();
        }
        return notNow(hear);
    }

    private Decision partnerProposes(ChannelMessage.Propose propose, Tools tools) {
        Nonce expected = standing.nextNonce();
        if (!propose.nonce().equals(expected)) {
            // An old or early wish is not an error: its sender catches up by reestablishing.
            return Decision.refuse(new Refusal.UnexpectedNonce(propose.nonce(), expected));
        }
        if (standing.pending().isPresent()) {
            return alreadySigned(standing.pending().get(), propose);
        }
        boolean wishesCross = standing.offer().isPresent();
        if (wishesCross && goesFirst(expected)) {
            return Decision.repeat(propose(expected, standing.offer().get()));
        }
        if (closing.isPresent() && goesFirst(expected)) {
            return Decision.repeat(new Effect.Send(new ChannelMessage.ProposeClose(closing.get())));
        }
        Optional<String> objection = ConsentRules.objection(party, standing, propose.update());
        if (objection.isPresent()) {
            return refuseUpdate(expected, new Refusal.OperationRefused(0, objection.get()));
        }
        UpdateRules.Result result = tools.apply(party, standing.position(), propose.update());
        if (result instanceof UpdateRules.Result.Refused refused) {
            return refuseUpdate(
                    expected, new Refusal.OperationRefused(refused.index(), refused.reason()));
        }
        ChannelPosition next = ((UpdateRules.Result.Moved) result).position();
        Signature mine = tools.sign(party, DomainTag.CHANNEL_STATE, next.state());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Send(new ChannelMessage.Countersign(expected, mine)));
        if (closing.isPresent()) {
            effects.add(new Effect.TellCloseFailed("an update of the partner came first"));
        }
        return new Decision.Accepted(
                List.of(new ChannelEvent.UpdateSigned(propose.update(), mine)), effects);
    }

    private boolean goesFirst(Nonce nonce) {
        return nonce.value() % 2 == party.me();
    }

    private static Decision refuseUpdate(Nonce nonce, Refusal refusal) {
        return Decision.refuse(
                refusal,
                new Effect.Send(new ChannelMessage.RefuseUpdate(nonce, refusal.message())));
    }

    // Invariant 4: one signature per nonce. The same wish gets the same signature again.
    private static Decision alreadySigned(SignedUpdate pending, ChannelMessage.Propose propose) {
        if (pending.update().equals(propose.update())) {
            return Decision.repeat(countersign(pending));
        }
        return refuseUpdate(propose.nonce(), new Refusal.Busy("with nonce " + propose.nonce()));
    }

    private Decision partnerCountersigns(ChannelMessage.Countersign countersign, Tools tools) {
        if (countersign.nonce().equals(standing.nonce()) && standing.proof().isPresent()) {
            return Decision.repeat(acknowledge(standing.proof().get()));
        }
        if (!countersign.nonce().equals(standing.nextNonce())
                || standing.offer().isEmpty()
                || standing.pending().isPresent()) {
            return Decision.refuse(
                    new Refusal.UnexpectedNonce(countersign.nonce(), standing.nextNonce()));
        }
        Offer offer = standing.offer().get();
        ChannelPosition next = moved(tools, offer.update());
        if (!Tools.partnerSigned(
                party, countersign.signature(), DomainTag.CHANNEL_STATE, next.state())) {
            return Decision.refuse(new Refusal.BadSignature("state " + countersign.nonce()));
        }
        Signature mine = tools.sign(party, DomainTag.CHANNEL_STATE, next.state());
        return Decision.accept(
                new ChannelEvent.OfferCompleted(
                        Tools.inOrder(party, mine, countersign.signature())),
                new Effect.Send(new ChannelMessage.Acknowledge(countersign.nonce(), mine)),
                new Effect.TellCompleted(offer.request(), next));
    }

    private Decision partnerAcknowledges(ChannelMessage.Acknowledge acknowledge, Tools tools) {
        if (standing.pending().isEmpty() || !acknowledge.nonce().equals(standing.nextNonce())) {
            return acknowledge.nonce().equals(standing.nonce())
                    ? Decision.repeat()
                    : Decision.refuse(
                            new Refusal.UnexpectedNonce(acknowledge.nonce(), standing.nextNonce()));
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
        effects.add(new Effect.TellPartnerUpdate(signed.update(), signed.position()));
        standing.offer().ifPresent(offer -> again(offer, signed, tools, events, effects));
        return new Decision.Accepted(events, effects);
    }

    // An own wish that waited is wished again from the new position, if it is still possible.
    private void again(
            Offer offer,
            SignedUpdate signed,
            Tools tools,
            List<ChannelEvent> events,
            List<Effect> effects) {
        UpdateRules.Result result = tools.apply(party, signed.position(), offer.update());
        if (result instanceof UpdateRules.Result.Refused refused) {
            events.add(new ChannelEvent.OfferDropped(refused.reason()));
            effects.add(new Effect.TellDropped(offer.request(), refused.reason()));
        } else {
            effects.add(propose(signed.position().state().nonce().next(), offer));
        }
    }

    private Decision partnerRefuses(ChannelMessage.RefuseUpdate refuse) {
        if (standing.offer().isEmpty()
                || standing.pending().isPresent()
                || !refuse.nonce().equals(standing.nextNonce())) {
            return Decision.repeat();
        }
        return Decision.accept(
                new ChannelEvent.OfferDropped(refuse.reason()),
                new Effect.TellDropped(standing.offer().get().request(), refuse.reason()));
    }

    private Decision closeTogether() {
        if (closing.isPresent()) {
            return Decision.repeat(new Effect.Send(new ChannelMessage.ProposeClose(closing.get())));
        }
        Optional<Refusal> unfinished = unfinished();
        if (unfinished.isPresent()) {
            return Decision.refuse(unfinished.get());
        }
        ClosingBalances balances = closingBalances();
        return Decision.accept(
                new ChannelEvent.CloseProposed(balances),
                new Effect.Send(new ChannelMessage.ProposeClose(balances)));
    }

    private Decision partnerProposesClose(ChannelMessage.ProposeClose propose, Tools tools) {
        Optional<Refusal> unfinished = unfinished();
        if (unfinished.isEmpty() && !propose.balances().equals(closingBalances())) {
            unfinished =
                    Optional.of(
                            new Refusal.OperationRefused(
                                    0, "closing balances differ from the last co-signed state"));
        }
        if (unfinished.isPresent()) {
            return Decision.refuse(
                    unfinished.get(),
                    new Effect.Send(new ChannelMessage.RefuseClose(unfinished.get().message())));
        }
        Signature mine = tools.sign(party, DomainTag.CHANNEL_CLOSE, propose.balances());
        return Decision.accept(
                new ChannelEvent.CloseSigned(propose.balances(), mine),
                new Effect.Send(new ChannelMessage.CountersignClose(propose.balances(), mine)));
    }

    private Decision partnerSignsClose(ChannelMessage.CountersignClose signed, Tools tools) {
        if (closing.isEmpty() || !signed.balances().equals(closing.get())) {
            return Decision.refuse(new Refusal.NotInPhase("CountersignClose", "open"));
        }
        if (!Tools.partnerSigned(
                party, signed.signature(), DomainTag.CHANNEL_CLOSE, signed.balances())) {
            return Decision.refuse(new Refusal.BadSignature("the closing balances"));
        }
        Signature mine = tools.sign(party, DomainTag.CHANNEL_CLOSE, signed.balances());
        List<Signature> signatures = Tools.inOrder(party, mine, signed.signature());
        return Decision.accept(
                new ChannelEvent.CloseCompleted(signed.balances(), signatures),
                Closing.publish(signed.balances(), signatures));
    }

    private Optional<Refusal> unfinished() {
        if (standing.pending().isPresent()) {
            return Optional.of(new Refusal.Busy("of the partner"));
        }
        if (standing.offer().isPresent()) {
            return Optional.of(new Refusal.Busy(standing.offer().get().request()));
        }
        int locks = standing.position().state().locks().size();
        return locks == 0 ? Optional.empty() : Optional.of(new Refusal.ContractsRunning(locks));
    }

    private ClosingBalances closingBalances() {
        return new ClosingBalances(party.id(), standing.position().state().balances());
    }

    private Decision partnerReestablishes(ChannelMessage.Reestablish theirs) {
        Nonce ours = standing.nonce();
        boolean ahead =
                theirs.nonce()
                        .isAfter(standing.pending().isPresent() ? standing.nextNonce() : ours);
        if (ahead) {
            return lossIfProven(theirs);
        }
        List<Effect> owed = new ArrayList<>();
        if (theirs.nonce().isBefore(ours)) {
            standing.proof().ifPresent(proof -> owed.add(acknowledge(proof)));
        }
        if (standing.pending().isPresent()) {
            owed.add(countersign(standing.pending().get()));
        } else {
            standing.offer().ifPresent(offer -> owed.add(propose(standing.nextNonce(), offer)));
        }
        closing.ifPresent(
                balances -> owed.add(new Effect.Send(new ChannelMessage.ProposeClose(balances))));
        return new Decision.Accepted(List.of(), owed);
    }

    // DESIGN 5, crash rule: only a state with our own signature proves that we lost data.
    private Decision lossIfProven(ChannelMessage.Reestablish theirs) {
        Optional<CoSignedState> proof =
                theirs.proof()
                        .filter(state -> state.nonce().isAfter(standing.nonce()))
                        .filter(state -> state.isSignedUnder(party.terms(), party.network()));
        if (proof.isEmpty()) {
            return Decision.refuse(new Refusal.BadSignature("a newer state"));
        }
        return Decision.accept(
                new ChannelEvent.LossDetected(proof.get()),
                new Effect.TellLoss(standing.nonce().value(), proof.get().nonce().value()));
    }

    private Decision seen(ChannelAction.ChainSeen seen) {
        if (seen.settled().isPresent()
                && seen.settled().get().phase() == ChannelEntry.Phase.CLOSED) {
            return Ended.decide(seen.settled().get());
        }
        boolean closingAlone =
                seen.tentative().isPresent()
                        && seen.tentative().get().phase() != ChannelEntry.Phase.OPEN;
        if (!closingAlone) {
            return Decision.repeat();
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.TellDispute(false));
        effects.addAll(new Disputed(party, standing, false, Optional.empty()).owed(seen));
        return new Decision.Accepted(
                List.of(new ChannelEvent.DisputeBegun(false, Optional.empty())), effects);
    }

    private ChannelPosition moved(Tools tools, Update update) {
        UpdateRules.Result result = tools.apply(party, standing.position(), update);
        if (result instanceof UpdateRules.Result.Moved moved) {
            return moved.position();
        }
        throw new IllegalStateException("an update that was possible is refused: " + result);
    }

    private Effect reestablish() {
        return new Effect.Send(new ChannelMessage.Reestablish(standing.nonce(), standing.proof()));
    }

    private Effect acknowledge(CoSignedState proof) {
        return new Effect.Send(
                new ChannelMessage.Acknowledge(proof.nonce(), proof.signatures().get(party.me())));
    }

    private static Effect countersign(SignedUpdate pending) {
        return new Effect.Send(
                new ChannelMessage.Countersign(pending.position().state().nonce(), pending.mine()));
    }

    private static Effect propose(Nonce nonce, Offer offer) {
        return new Effect.Send(new ChannelMessage.Propose(nonce, offer.update()));
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.UpdateOffered offered) {
            return with(standing.withOffer(Optional.of(offered.offer())));
        }
        if (event instanceof ChannelEvent.OfferDropped) {
            return with(standing.withOffer(Optional.empty()));
        }
        if (event instanceof ChannelEvent.UpdateSigned signed) {
            return new Open(
                    party,
                    standing.withPending(
                            new SignedUpdate(
                                    signed.update(), moved(tools, signed.update()), signed.mine())),
                    Optional.empty());
        }
        if (event instanceof ChannelEvent.OfferCompleted completed) {
            Update update = standing.offer().orElseThrow(() -> impossible(event)).update();
            return with(standing.completedOffer(moved(tools, update), completed.signatures()));
        }
        if (event instanceof ChannelEvent.PendingCompleted completed) {
            SignedUpdate signed = standing.pending().orElseThrow(() -> impossible(event));
            return with(standing.completedPending(signed, completed.signatures()));
        }
        return afterClosingEvent(event);
    }

    private ChannelMemory afterClosingEvent(ChannelEvent event) {
        if (event instanceof ChannelEvent.CloseProposed proposed) {
            return new Open(party, standing, Optional.of(proposed.balances()));
        }
        if (event instanceof ChannelEvent.CloseAbandoned) {
            return new Open(party, standing, Optional.empty());
        }
        if (event instanceof ChannelEvent.CloseSigned signed) {
            return new Closing(party, standing, signed.balances(), signed.mine(), List.of());
        }
        if (event instanceof ChannelEvent.CloseCompleted completed) {
            return new Closing(
                    party,
                    standing,
                    completed.balances(),
                    completed.signatures().get(party.me()),
                    completed.signatures());
        }
        if (event instanceof ChannelEvent.DisputeBegun begun) {
            return new Disputed(party, standing, begun.mine(), begun.step());
        }
        if (event instanceof ChannelEvent.LossDetected loss) {
            return new Lost(party, standing, loss.proof());
        }
        if (event instanceof ChannelEvent.Ended ended) {
            return new Ended(party, ended.payouts());
        }
        throw impossible(event);
    }

    private Open with(Standing changed) {
        return new Open(party, changed, closing);
    }
}
