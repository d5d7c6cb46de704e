package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Closing an open channel together: one side wishes without signing, the other signs the balances
 * of the last state, and the first completes and publishes them.
 */
final class CloseProtocol {
    private final Open open;
    private final ChannelParty party;
    private final Standing standing;
    private final Tools tools;

    CloseProtocol(Open open, Tools tools) {
        this.open = open;
        this.party = open.party();
        this.standing = open.standing();
        this.tools = tools;
    }

    Decision wish() {
        if (open.closing().isPresent()) {
            return Decision.repeat(
                    new Effect.Send(new ChannelMessage.ProposeClose(open.closing().get())));
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

    Decision partnerProposes(ChannelMessage.ProposeClose propose) {
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

    // A partner that signed the closing signs nothing else any more, so this side completes it even
    // when its own wish was given up meanwhile.
    Decision partnerSigns(ChannelMessage.CountersignClose signed) {
        if (!signed.balances().equals(closingBalances())
                || !standing.position().state().locks().isEmpty()) {
            return Decision.refuse(
                    new Refusal.OperationRefused(
                            0, "closing balances differ from the last co-signed state"));
        }
        if (!Tools.partnerSigned(
                party, signed.signature(), DomainTag.CHANNEL_CLOSE, signed.balances())) {
            return Decision.refuse(new Refusal.BadSignature("the closing balances"));
        }
        Signature mine = tools.sign(party, DomainTag.CHANNEL_CLOSE, signed.balances());
        List<Signature> signatures = Tools.inOrder(party, mine, signed.signature());
        List<Effect> effects = new ArrayList<>(standing.dropOffer("the channel is closing"));
        effects.add(Closing.publish(signed.balances(), signatures));
        return Decision.accept(
                List.of(new ChannelEvent.CloseCompleted(signed.balances(), signatures)), effects);
    }

    private Optional<Refusal> unfinished() {
        if (standing.pending().isPresent()) {
            return Optional.of(new Refusal.Busy("of the partner"));
        }
        if (standing.offer().isPresent()) {
            return Optional.of(new Refusal.Busy(standing.offer().get().request()));
        }
        if (open.resize().isPresent()) {
            return Optional.of(new Refusal.Busy(open.resize().get().name()));
        }
        int locks = standing.position().state().locks().size();
        return locks == 0 ? Optional.empty() : Optional.of(new Refusal.ContractsRunning(locks));
    }

    private ClosingBalances closingBalances() {
        return new ClosingBalances(party.id(), standing.position().state().balances());
    }
}
