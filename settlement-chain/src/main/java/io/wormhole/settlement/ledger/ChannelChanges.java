package io.wormhole.settlement.ledger;

import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.List;
import java.util.Optional;

/**
 * Changes of open channels: deposits, withdrawals and snapshots. Each records a state that both
 * have signed and that is newer than all that the chain has seen, so none before it can come back.
 */
final class ChannelChanges {
    private final ChannelResize resize;
    private final ChannelEntry entry;
    private final Draft draft;

    private ChannelChanges(ChannelResize resize, ChannelEntry entry, Draft draft) {
        this.resize = resize;
        this.entry = entry;
        this.draft = draft;
    }

    static Optional<Refusal> deposit(
            ChannelTransaction.Deposit body, Transaction transaction, Draft draft) {
        return Channels.asParty(
                body.resize().state().channel(),
                Phase.OPEN,
                draft,
                entry ->
                        new ChannelChanges(body.resize(), entry, draft).deposit(body.signatures()));
    }

    static Optional<Refusal> withdraw(
            ChannelTransaction.Withdraw body, Transaction transaction, Draft draft) {
        return Channels.asParty(
                body.resize().state().channel(),
                Phase.OPEN,
                draft,
                entry ->
                        new ChannelChanges(body.resize(), entry, draft)
                                .withdraw(body.signatures()));
    }

    static Optional<Refusal> snapshot(
            ChannelTransaction.Snapshot body, Transaction transaction, Draft draft) {
        return Channels.asParty(
                body.channel(),
                Phase.OPEN,
                draft,
                entry ->
                        Channels.refuseState(entry, body.state(), draft)
                                .or(() -> record(entry, body.state().state(), draft)));
    }

    private Optional<Refusal> deposit(List<Signature> signatures) {
        return refuse(signatures, DomainTag.CHANNEL_DEPOSIT, "the deposit")
                .or(this::refuseGrownTotal)
                .or(this::refuseFunds)
                .or(this::payIn);
    }

    private Optional<Refusal> withdraw(List<Signature> signatures) {
        return refuse(signatures, DomainTag.CHANNEL_WITHDRAWAL, "the withdrawal")
                .or(this::refuseShrunkTotal)
                .or(this::payOut);
    }

    private Optional<Refusal> refuse(List<Signature> signatures, DomainTag tag, String what) {
        ChannelState state = resize.state();
        if (resize.total().isZero()) {
            return Transition.refuse(new ChannelRefusal.ChannelUnchanged(state.channel()));
        }
        if (!entry.isReplacedBy(state.nonce())) {
            return Transition.refuse(
                    new ChannelRefusal.StateNotNewer(state.nonce(), entry.agreed()));
        }
        return entry.terms().signedByAll(signatures, tag, draft.context().network(), resize)
                ? Optional.empty()
                : Transition.refuse(new ChannelRefusal.NotCoSigned(state.channel(), what));
    }

    private Optional<Refusal> refuseGrownTotal() {
        long locked = entry.recorded().total().baseUnits();
        long added = resize.total().baseUnits();
        boolean fits = added <= Long.MAX_VALUE - locked;
        Amount expected = Amount.of(fits ? locked + added : Long.MAX_VALUE);
        return refuseTotal(resize.state().total(), expected);
    }

    private Optional<Refusal> refuseShrunkTotal() {
        Amount locked = entry.recorded().total();
        if (!locked.covers(resize.total())) {
            return refuseTotal(resize.total(), locked);
        }
        Amount expected = locked.minus(resize.total());
        return expected.isZero()
                ? Transition.refuse(new ChannelRefusal.ChannelEmpty(resize.state().channel()))
                : refuseTotal(resize.state().total(), expected);
    }

    private static Optional<Refusal> refuseTotal(Amount found, Amount expected) {
        return found.equals(expected)
                ? Optional.empty()
                : Transition.refuse(new ChannelRefusal.TotalDiffers(found, expected));
    }

    private Optional<Refusal> refuseFunds() {
        List<Participant> participants = entry.terms().participants();
        for (int i = 0; i < participants.size(); i++) {
            Address address = participants.get(i).address();
            Amount needed = resize.amounts().get(i);
            if (!draft.hasFunds(address, needed)) {
                return Transition.refuse(
                        new ChannelRefusal.PartnerFundsTooLow(
                                address, needed, draft.balance(address)));
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> payIn() {
        List<Participant> participants = entry.terms().participants();
        for (int i = 0; i < participants.size(); i++) {
            if (!resize.amounts().get(i).isZero()) {
                draft.debit(participants.get(i).address(), resize.amounts().get(i));
            }
        }
        return record(entry, resize.state(), draft);
    }

    private Optional<Refusal> payOut() {
        List<Participant> participants = entry.terms().participants();
        for (int i = 0; i < participants.size(); i++) {
            if (!resize.amounts().get(i).isZero()) {
                draft.credit(participants.get(i).address(), resize.amounts().get(i));
            }
        }
        return record(entry, resize.state(), draft);
    }

    private static Optional<Refusal> record(ChannelEntry before, ChannelState shown, Draft draft) {
        ChannelEntry entry = Channels.Recorded.shown(before, shown).open(before, draft.height());
        Channels.put(shown.channel(), entry, draft);
        draft.fact(
                new LedgerFact.ChannelChanged(shown.channel(), draft.sender(), entry.recorded()));
        return Transition.done();
    }
}
