package io.wormhole.channel.decider;

import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How two sides agree on a deposit or a withdrawal. Like closing together: an unsigned wish, which
 * gives way to any update, then both signatures. Each side changes its own balance alone.
 */
final class ResizeProtocol {
    private final Open open;
    private final ChannelParty party;
    private final Standing standing;
    private final Tools tools;

    ResizeProtocol(Open open, Tools tools) {
        this.open = open;
        this.party = open.party();
        this.standing = open.standing();
        this.tools = tools;
    }

    Decision wish(ChannelAction.Resize wanted) {
        Optional<Refusal> refusal = unfinished();
        if (refusal.isEmpty()) {
            refusal = objection(party.me(), wanted.withdrawal(), wanted.amount());
        }
        if (refusal.isPresent()) {
            return Decision.refuse(refusal.get());
        }
        Resize resize =
                Resize.of(standing.position(), party.me(), wanted.withdrawal(), wanted.amount());
        if (open.resize().isPresent()) {
            return open.resize().get().equals(resize)
                    ? Decision.repeat(propose(resize))
                    : Decision.refuse(new Refusal.Busy(open.resize().get().name()));
        }
        return Decision.accept(new ChannelEvent.ResizeProposed(resize), propose(resize));
    }

    private Optional<Refusal> unfinished() {
        if (standing.pending().isPresent()) {
            return Optional.of(new Refusal.Busy("of the partner"));
        }
        if (standing.offer().isPresent()) {
            return Optional.of(new Refusal.Busy(standing.offer().get().request()));
        }
        return open.closing().isPresent()
                ? Optional.of(new Refusal.NotInPhase("a deposit or withdrawal", "closing"))
                : Optional.empty();
    }

    private Optional<Refusal> objection(int who, boolean withdrawal, Amount amount) {
        Amount balance = standing.position().state().balances().get(who);
        Amount total = standing.position().state().total();
        Optional<String> problem = Optional.empty();
        if (amount.isZero()) {
            problem = Optional.of("an amount of zero changes nothing");
        } else if (!withdrawal) {
            boolean fits = amount.baseUnits() <= Long.MAX_VALUE - total.baseUnits();
            problem = fits ? problem : Optional.of("no channel can hold as much");
        } else if (!balance.covers(amount)
                || !balance.minus(amount).covers(party.terms().reserve().min(balance))) {
            problem =
                    Optional.of(
                            "participant %d has %s of which %s stay reserved"
                                    .formatted(who, balance, party.terms().reserve()));
        } else if (total.equals(amount)) {
            problem = Optional.of("it would empty the channel: close it instead");
        }
        return problem.map(reason -> new Refusal.OperationRefused(0, reason));
    }

    Decision partnerProposes(ChannelMessage.ProposeResize propose) {
        Resize theirs = propose.resize();
        Optional<Refusal> refusal = unfinished().or(() -> objection(theirs));
        if (refusal.isPresent()) {
            return Decision.refuse(
                    refusal.get(),
                    new Effect.Send(
                            new ChannelMessage.RefuseResize(
                                    theirs.nonce(), refusal.get().message())));
        }
        if (open.resize().isPresent() && theirs.nonce().value() % 2 == party.me()) {
            // Both wish at once: the same side goes first as with updates.
            return Decision.repeat(propose(open.resize().get()));
        }
        Signature mine = tools.sign(party, theirs.tag(), theirs.change());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Send(new ChannelMessage.CountersignResize(theirs, mine)));
        open.resize()
                .ifPresent(
                        own ->
                                effects.add(
                                        new Effect.TellResizeFailed(
                                                "a wish of the partner came first")));
        return Decision.accept(List.of(new ChannelEvent.ResizeSigned(theirs, mine)), effects);
    }

    private Optional<Refusal> objection(Resize theirs) {
        Amount amount = theirs.change().amounts().get(party.partner());
        Optional<Refusal> objection = objection(party.partner(), theirs.withdrawal(), amount);
        if (objection.isPresent()) {
            return objection;
        }
        Resize expected =
                Resize.of(standing.position(), party.partner(), theirs.withdrawal(), amount);
        return theirs.equals(expected)
                ? Optional.empty()
                : Optional.of(
                        new Refusal.OperationRefused(
                                0, "a deposit or withdrawal changes its sender's balance alone"));
    }

    Decision partnerSigns(ChannelMessage.CountersignResize signed) {
        Resize resize = signed.resize();
        if (open.resizeWish().filter(wish -> wish.resize().equals(resize)).isEmpty()) {
            return resize.nonce().isAfter(standing.nonce())
                    ? Decision.refuse(new Refusal.OperationRefused(0, "this side has no such wish"))
                    : Decision.repeat();
        }
        if (!Tools.partnerSigned(party, signed.signature(), resize.tag(), resize.change())) {
            return Decision.refuse(new Refusal.BadSignature("the " + resize.name()));
        }
        Signature mine = tools.sign(party, resize.tag(), resize.change());
        List<Signature> both = Tools.inOrder(party, mine, signed.signature());
        List<Effect> effects =
                new ArrayList<>(standing.dropOffer("the " + resize.name() + " came first"));
        effects.add(resize.publish(both));
        return Decision.accept(List.of(new ChannelEvent.ResizeCompleted(resize, both)), effects);
    }

    Decision partnerRefuses(ChannelMessage.RefuseResize refuse) {
        boolean current = open.resize().filter(it -> it.nonce().equals(refuse.nonce())).isPresent();
        return current
                ? Decision.accept(
                        new ChannelEvent.ResizeAbandoned(refuse.reason()),
                        new Effect.TellResizeFailed(refuse.reason()))
                : Decision.repeat();
    }

    static Effect propose(Resize resize) {
        return new Effect.Send(new ChannelMessage.ProposeResize(resize));
    }
}
