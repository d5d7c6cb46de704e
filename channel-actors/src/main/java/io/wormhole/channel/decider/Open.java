package io.wormhole.channel.decider;

import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The channel can be used: updates as {@link UpdateProtocol} has them, closing together, and the
 * way into a dispute.
 *
 * @param closing balances with which this side wished to close; nothing is signed
 * @param resizeWish a deposit or withdrawal that this side proposed; nothing is signed
 * @param doubtful whether all this comes from a copy that may be old: then nothing is signed and
 *     nothing published before the partner has said where the channel stands
 */
public record Open(
        ChannelParty party,
        Standing standing,
        Optional<ClosingBalances> closing,
        Optional<ResizeWish> resizeWish,
        boolean doubtful)
        implements KnownChannel {
    /** A channel about which there is no doubt. */
    public Open(ChannelParty party, Standing standing, Optional<ClosingBalances> closing) {
        this(party, standing, closing, Optional.empty(), false);
    }

    /** The deposit or withdrawal that this side still wishes. */
    public Optional<Resize> resize() {
        return resizeWish.filter(wish -> !wish.refused()).map(ResizeWish::resize);
    }

    /** Whether this is {@code before} with an update that this side wants now, and nothing else. */
    public boolean onlyOffersAfter(Open before) {
        Standing same = standing.withOffer(before.standing.offer());
        return before.standing.offer().isEmpty()
                && standing.offer().isPresent()
                && before.equals(new Open(party, same, closing, resizeWish, doubtful));
    }

    Open inDoubt() {
        return new Open(party, standing, closing, resizeWish, true);
    }

    static Open fresh(ChannelParty party) {
        return new Open(party, Standing.opening(party), Optional.empty());
    }

    @Override
    public String phase() {
        return "open";
    }

    @Override
    public Decision on(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.ChainSeen seen) {
            return seen(seen);
        }
        if (action instanceof ChannelAction.Restored) {
            return doubtful
                    ? Decision.repeat(new Effect.TellDoubt())
                    : Decision.accept(new ChannelEvent.DoubtArose(), new Effect.TellDoubt());
        }
        if (action instanceof ChannelAction.TakeBack back) {
            return Restoring.over(this, back, tools);
        }
        if (doubtful) {
            return whileInDoubt(action, tools);
        }
        if (action instanceof ChannelAction.MakeOffer make) {
            return new UpdateProtocol(this, tools).offer(make.offer());
        }
        if (action instanceof ChannelAction.Hear hear) {
            return hear(hear, tools);
        }
        if (action instanceof ChannelAction.Connected) {
            return Decision.accept(List.of(), sayAgain(tools));
        }
        if (action instanceof ChannelAction.Resize wanted) {
            return new ResizeProtocol(this, tools).wish(wanted);
        }
        if (action instanceof ChannelAction.Snapshot) {
            return snapshot();
        }
        if (action instanceof ChannelAction.CloseTogether) {
            return new CloseProtocol(this, tools).wish();
        }
        if (action instanceof ChannelAction.Dispute dispute) {
            return Decision.accept(
                    List.of(new ChannelEvent.DisputeBegun(true, dispute.step())),
                    beginDispute(standing));
        }
        if (action instanceof ChannelAction.NotTaken || action instanceof ChannelAction.Trust) {
            return Decision.repeat();
        }
        return notNow(action);
    }

    // DESIGN 5, crash rule: a restored side asks before it does anything. What is heard about
    // updates may belong to states that this copy does not know.
    private Decision whileInDoubt(ChannelAction action, Tools tools) {
        if (action instanceof ChannelAction.Connected) {
            return Decision.repeat(reestablish());
        }
        if (action instanceof ChannelAction.Trust) {
            return cleared(List.of(), tools);
        }
        if (action instanceof ChannelAction.Hear hear
                && hear.message() instanceof ChannelMessage.Reestablish theirs) {
            UpdateProtocol updates = new UpdateProtocol(this, tools);
            Decision answer = partnerReestablishes(theirs, updates);
            boolean newest = !theirs.nonce().isAfter(signed());
            return newest && answer instanceof Decision.Accepted accepted
                    ? cleared(accepted.effects(), tools)
                    : answer;
        }
        return Decision.refuse(new Refusal.InDoubt(standing.nonce()));
    }

    private Decision cleared(List<Effect> answer, Tools tools) {
        List<Effect> effects = new ArrayList<>(answer);
        effects.add(new Effect.TellReady());
        effects.addAll(sayAgain(tools));
        return Decision.accept(List.of(new ChannelEvent.DoubtCleared()), effects);
    }

    private Nonce signed() {
        return standing.pending().map(SignedUpdate::nonce).orElse(standing.nonce());
    }

    private Decision hear(ChannelAction.Hear hear, Tools tools) {
        ChannelMessage message = hear.message();
        UpdateProtocol updates = new UpdateProtocol(this, tools);
        if (message instanceof ChannelMessage.Propose propose) {
            return updates.partnerProposes(propose);
        }
        if (message instanceof ChannelMessage.Countersign countersign) {
            return updates.partnerCountersigns(countersign);
        }
        if (message instanceof ChannelMessage.Acknowledge acknowledge) {
            return updates.partnerAcknowledges(acknowledge);
        }
        if (message instanceof ChannelMessage.RefuseUpdate refuse) {
            return updates.partnerRefuses(refuse);
        }
        if (message instanceof ChannelMessage.ProposeClose propose) {
            return new CloseProtocol(this, tools).partnerProposes(propose);
        }
        if (message instanceof ChannelMessage.CountersignClose signed) {
            return new CloseProtocol(this, tools).partnerSigns(signed);
        }
        if (message instanceof ChannelMessage.RefuseClose refuse && closing.isPresent()) {
            return Decision.accept(
                    new ChannelEvent.CloseAbandoned(refuse.reason()),
                    new Effect.TellCloseFailed(refuse.reason()));
        }
        if (message instanceof ChannelMessage.Reestablish theirs) {
            return partnerReestablishes(theirs, updates);
        }
        ResizeProtocol resizing = new ResizeProtocol(this, tools);
        if (message instanceof ChannelMessage.ProposeResize propose) {
            return resizing.partnerProposes(propose);
        }
        if (message instanceof ChannelMessage.CountersignResize signed) {
            return resizing.partnerSigns(signed);
        }
        if (message instanceof ChannelMessage.RefuseResize refuse) {
            return resizing.partnerRefuses(refuse);
        }
        if (message instanceof ChannelMessage.OpenAgreed
                || message instanceof ChannelMessage.OpenRequest) {
            return Decision.repeat();
        }
        return notNow(hear);
    }

    private Decision snapshot() {
        if (standing.proof().isEmpty()) {
            return Decision.refuse(
                    new Refusal.OperationRefused(0, "the chain knows the newest state already"));
        }
        CoSignedState newest = standing.proof().get();
        return Decision.repeat(
                new Effect.Submit(
                        "snapshot-" + newest.nonce(),
                        new ChannelTransaction.Snapshot(party.id(), newest),
                        0,
                        0));
    }

    private Decision partnerReestablishes(
            ChannelMessage.Reestablish theirs, UpdateProtocol updates) {
        if (theirs.nonce().isAfter(signed())) {
            return lossIfProven(theirs);
        }
        List<Effect> owed = new ArrayList<>();
        if (theirs.nonce().isBefore(standing.nonce())) {
            standing.proof().ifPresent(proof -> owed.add(acknowledge(party, proof)));
            if (standing.proof().isEmpty() || theirs.nonce().equals(Nonce.ZERO)) {
                // It may not know yet what the chain says, or ask after a restore.
                owed.add(reestablish());
            }
        }
        owed.addAll(unanswered(updates));
        return Decision.accept(List.of(), owed);
    }

    // DESIGN 5, crash rule: only a state with our own signature proves that we lost data.
    private Decision lossIfProven(ChannelMessage.Reestablish theirs) {
        Optional<CoSignedState> proof = Lost.newer(party, theirs, standing.nonce().value());
        if (proof.isEmpty()) {
            return Decision.refuse(new Refusal.BadSignature("a newer state"));
        }
        List<Effect> effects = new ArrayList<>(standing.dropOffer("data of this side was lost"));
        effects.add(new Effect.TellLoss(standing.nonce().value(), proof.get().nonce().value()));
        return Decision.accept(List.of(new ChannelEvent.LossDetected(proof.get())), effects);
    }

    private Decision seen(ChannelAction.ChainSeen seen) {
        if (seen.settled().isPresent()
                && seen.settled().get().phase() == ChannelEntry.Phase.CLOSED) {
            return Ended.decide(seen.settled().get(), standing);
        }
        boolean closingAlone =
                seen.tentative().isPresent()
                        && seen.tentative().get().phase() != ChannelEntry.Phase.OPEN;
        if (!closingAlone) {
            return movedOnChain(seen);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.TellDispute(false));
        effects.addAll(new Disputed(party, standing, false, Optional.empty()).owed(seen));
        return Decision.accept(
                List.of(new ChannelEvent.DisputeBegun(false, Optional.empty())), effects);
    }

    // A deposit, a withdrawal or a snapshot that this side, restored from a copy, does not know.
    private Decision movedOnChain(ChannelAction.ChainSeen seen) {
        Optional<ChannelState> newer =
                seen.settled()
                        .filter(entry -> entry.agreed().isAfter(standing.nonce()))
                        .filter(entry -> !entry.forced())
                        .map(ChannelEntry::recorded)
                        .filter(state -> standing.movedTo(state).isPresent());
        if (newer.isEmpty()) {
            return Decision.repeat();
        }
        List<Effect> effects =
                new ArrayList<>(standing.dropOffer("the channel has moved on without it"));
        if (doubtful) {
            // Asks again where the partner stands.
            effects.add(
                    new Effect.Send(new ChannelMessage.Reestablish(Nonce.ZERO, Optional.empty())));
        }
        return Decision.accept(List.of(new ChannelEvent.MovedOnChain(newer.get())), effects);
    }

    /** This side closes alone: what it still wanted of the partner will not be. */
    static List<Effect> beginDispute(Standing standing) {
        List<Effect> effects = new ArrayList<>(standing.dropOffer("this side closes alone"));
        effects.add(new Effect.TellDispute(true));
        return effects;
    }

    private List<Effect> unanswered(UpdateProtocol updates) {
        List<Effect> unanswered = new ArrayList<>(updates.unanswered());
        resize().ifPresent(wish -> unanswered.add(ResizeProtocol.propose(wish)));
        closing.ifPresent(
                wish -> unanswered.add(new Effect.Send(new ChannelMessage.ProposeClose(wish))));
        return unanswered;
    }

    private Effect reestablish() {
        return new Effect.Send(new ChannelMessage.Reestablish(standing.nonce(), standing.proof()));
    }

    /** Where this side stands, and all that it waits for; harmless when said too often. */
    List<Effect> sayAgain(Tools tools) {
        List<Effect> again = new ArrayList<>();
        again.add(reestablish());
        again.addAll(unanswered(new UpdateProtocol(this, tools)));
        return again;
    }

    static Effect acknowledge(ChannelParty party, CoSignedState proof) {
        return new Effect.Send(
                new ChannelMessage.Acknowledge(proof.nonce(), proof.signatures().get(party.me())));
    }

    @Override
    public ChannelMemory after(ChannelEvent event, Tools tools) {
        if (event instanceof ChannelEvent.TakenBack taken) {
            return taken.copy();
        }
        if (event instanceof ChannelEvent.DoubtArose) {
            return inDoubt();
        }
        if (event instanceof ChannelEvent.DoubtCleared) {
            return new Open(party, standing, closing, resizeWish, false);
        }
        UpdateProtocol updates = new UpdateProtocol(this, tools);
        if (event instanceof ChannelEvent.UpdateOffered offered) {
            return with(standing.withOffer(Optional.of(offered.offer())));
        }
        if (event instanceof ChannelEvent.OfferDropped) {
            return with(standing.withOffer(Optional.empty()));
        }
        if (event instanceof ChannelEvent.UpdateSigned signed) {
            SignedUpdate pending =
                    new SignedUpdate(
                            signed.update(), updates.moved(signed.update()), signed.mine());
            return new Open(party, standing.withPending(pending), Optional.empty());
        }
        if (event instanceof ChannelEvent.UpdateSkipped skipped) {
            return with(
                    standing.withPending(
                            SignedUpdate.skip(party.me(), standing.position(), skipped.mine())));
        }
        if (event instanceof ChannelEvent.SkipCompleted completed) {
            return with(standing.completedSkip(completed.signatures()));
        }
        if (event instanceof ChannelEvent.OfferCompleted completed) {
            Update update = standing.offer().orElseThrow(() -> impossible(event)).update();
            return with(standing.completedOffer(updates.moved(update), completed.signatures()));
        }
        if (event instanceof ChannelEvent.PendingCompleted completed) {
            SignedUpdate signed = standing.pending().orElseThrow(() -> impossible(event));
            return with(standing.completedPending(signed, completed.signatures()));
        }
        return afterClosingEvent(event);
    }

    private ChannelMemory afterClosingEvent(ChannelEvent event) {
        Standing withoutOffer = standing.withOffer(Optional.empty());
        if (event instanceof ChannelEvent.MovedOnChain moved) {
            return with(standing.movedTo(moved.state()).orElseThrow());
        }
        if (event instanceof ChannelEvent.ResizeProposed proposed) {
            ResizeWish wish = new ResizeWish(proposed.resize(), false);
            return new Open(party, standing, closing, Optional.of(wish), false);
        }
        if (event instanceof ChannelEvent.ResizeAbandoned) {
            ResizeWish refused = new ResizeWish(resizeWish.orElseThrow().resize(), true);
            return new Open(party, standing, closing, Optional.of(refused), false);
        }
        if (event instanceof ChannelEvent.ResizeSigned signed) {
            return new Resizing(party, standing, signed.resize(), signed.mine(), List.of());
        }
        if (event instanceof ChannelEvent.ResizeCompleted completed) {
            Signature mine = completed.signatures().get(party.me());
            return new Resizing(
                    party, withoutOffer, completed.resize(), mine, completed.signatures());
        }
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
            Signature mine = completed.signatures().get(party.me());
            return new Closing(
                    party, withoutOffer, completed.balances(), mine, completed.signatures());
        }
        if (event instanceof ChannelEvent.DisputeBegun begun) {
            // Without our own wish it may be undone, and the partner may have signed the offer.
            return new Disputed(
                    party, begun.mine() ? withoutOffer : standing, begun.mine(), begun.step());
        }
        if (event instanceof ChannelEvent.LossDetected loss) {
            return new Lost(party, withoutOffer, loss.proof());
        }
        if (event instanceof ChannelEvent.Ended ended) {
            return Ended.of(party, standing, ended);
        }
        throw impossible(event);
    }

    private Open with(Standing changed) {
        // A wish was for the next state.
        boolean same = changed.nonce().equals(standing.nonce());
        return new Open(party, changed, closing, same ? resizeWish : Optional.empty(), doubtful);
    }
}
