package io.wormhole.settlement.ledger;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.genesis.ChannelRules;
import java.util.Optional;
import java.util.OptionalInt;

/** Opening channels. The id of a channel that was closed stays taken for ever. */
final class ChannelOpening {
    private ChannelOpening() {}

    static Amount cost(ChannelTransaction.Open body, TransitionTable.CostContext context) {
        OptionalInt place = body.terms().indexOf(context.transaction().sender().address());
        return place.isPresent()
                ? body.terms().participants().get(place.getAsInt()).deposit()
                : Amount.ZERO;
    }

    static Optional<Refusal> open(
            ChannelTransaction.Open body, Transaction transaction, Draft draft) {
        ChannelTerms terms = body.terms();
        ChannelId id = terms.id(draft.context().network());
        Optional<Refusal> refusal =
                refuseTerms(id, terms, draft)
                        .or(() -> refuseUnsigned(id, body, draft))
                        .or(() -> refusePartnerFunds(terms, draft));
        if (refusal.isPresent()) {
            return refusal;
        }
        for (Participant participant : terms.participants()) {
            if (!participant.deposit().isZero()) {
                draft.debit(participant.address(), participant.deposit());
            }
        }
        ChannelState initial = terms.initialState(draft.context().network());
        Channels.put(
                id,
                new ChannelEntry(
                        terms,
                        Phase.OPEN,
                        initial,
                        Nonce.ZERO,
                        0,
                        BlockHeight.ZERO,
                        draft.height()),
                draft);
        draft.fact(new LedgerFact.ChannelOpened(id, terms));
        return Transition.done();
    }

    private static Optional<Refusal> refuseTerms(ChannelId id, ChannelTerms terms, Draft draft) {
        if (terms.indexOf(draft.sender()).isEmpty()) {
            return Transition.refuse(new ChannelRefusal.NotParticipant(id, draft.sender()));
        }
        ChannelRules rules = draft.parameters().channels();
        long countdown = terms.countdownBlocks();
        if (countdown < rules.minimumCountdownBlocks()
                || countdown > rules.maximumCountdownBlocks()) {
            return Transition.refuse(
                    new ChannelRefusal.CountdownOutOfRange(
                            countdown,
                            rules.minimumCountdownBlocks(),
                            rules.maximumCountdownBlocks()));
        }
        for (Participant participant : terms.participants()) {
            if (!participant.deposit().covers(terms.reserve())) {
                return Transition.refuse(
                        new ChannelRefusal.ReserveNotCovered(
                                participant.address(), participant.deposit(), terms.reserve()));
            }
        }
        if (terms.totalDeposit().isZero()) {
            return Transition.refuse(new ChannelRefusal.ChannelEmpty(id));
        }
        return draft.ledger()
                .channel(id)
                .map(entry -> new ChannelRefusal.ChannelIdUsed(id, entry.phase()));
    }

    private static Optional<Refusal> refuseUnsigned(
            ChannelId id, ChannelTransaction.Open body, Draft draft) {
        boolean signed =
                body.terms()
                        .signedByAll(
                                body.signatures(),
                                DomainTag.CHANNEL_TERMS,
                                draft.context().network(),
                                body.terms());
        return signed
                ? Optional.empty()
                : Transition.refuse(new ChannelRefusal.NotCoSigned(id, "the terms"));
    }

    private static Optional<Refusal> refusePartnerFunds(ChannelTerms terms, Draft draft) {
        for (Participant participant : terms.participants()) {
            if (!draft.hasFunds(participant.address(), participant.deposit())) {
                return Transition.refuse(
                        new ChannelRefusal.PartnerFundsTooLow(
                                participant.address(),
                                participant.deposit(),
                                draft.balance(participant.address())));
            }
        }
        return Optional.empty();
    }
}
