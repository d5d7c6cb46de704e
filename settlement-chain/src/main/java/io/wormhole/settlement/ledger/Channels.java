package io.wormhole.settlement.ledger;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Delegation;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.state.StepsOnChain;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Closing and disputing channels. A stale state never wins against a party that answers within the
 * countdown.
 */
final class Channels {
    private Channels() {}

    /** Both have signed, so anybody may bring it; it overrides a dispute. */
    static Optional<Refusal> closeMutual(
            ChannelTransaction.CloseMutual body, Transaction transaction, Draft draft) {
        ChannelId id = body.balances().channel();
        Optional<ChannelEntry> found = draft.ledger().channel(id);
        if (found.isEmpty()) {
            return Transition.refuse(new ChannelRefusal.ChannelUnknown(id));
        }
        ChannelEntry entry = found.get();
        if (entry.phase() == Phase.CLOSED) {
            return Transition.refuse(
                    new ChannelRefusal.ChannelNotIn(id, entry.phase(), "OPEN or CLOSING"));
        }
        boolean signed =
                entry.terms()
                        .signedByAll(
                                body.signatures(),
                                DomainTag.CHANNEL_CLOSE,
                                draft.context().network(),
                                body.balances());
        if (!signed) {
            return Transition.refuse(new ChannelRefusal.NotCoSigned(id, "the closing balances"));
        }
        Amount total = Amount.sum(body.balances().balances());
        Amount locked = entry.recorded().total();
        if (!total.equals(locked)) {
            return Transition.refuse(new ChannelRefusal.TotalDiffers(total, locked));
        }
        payOut(id, entry, body.balances().balances(), draft);
        return Transition.done();
    }

    static Optional<Refusal> closeSolo(
            ChannelTransaction.CloseSolo body, Transaction transaction, Draft draft) {
        return asParty(
                body.channel(),
                Phase.OPEN,
                draft,
                entry ->
                        body.state()
                                .flatMap(state -> refuseState(entry, state, draft))
                                .or(() -> close(entry, body.state(), draft)));
    }

    private static Optional<Refusal> close(
            ChannelEntry entry, Optional<CoSignedState> state, Draft draft) {
        putClosing(Recorded.of(entry, state), entry, draft);
        return Transition.done();
    }

    static Optional<Refusal> challenge(
            ChannelTransaction.Challenge body, Transaction transaction, Draft draft) {
        return asParty(
                body.channel(),
                Phase.CLOSING,
                draft,
                entry ->
                        refuseState(entry, body.state(), draft)
                                .or(
                                        () ->
                                                answer(
                                                        entry,
                                                        body.state(),
                                                        sender(entry, draft),
                                                        draft)));
    }

    /** A delegate answers as the participant would who appointed it. */
    static Optional<Refusal> challengeFor(
            ChannelTransaction.ChallengeFor body, Transaction transaction, Draft draft) {
        ChannelId id = body.channel();
        Optional<ChannelEntry> found = draft.ledger().channel(id);
        if (found.isEmpty()) {
            return Transition.refuse(new ChannelRefusal.ChannelUnknown(id));
        }
        ChannelEntry entry = found.get();
        if (entry.phase() != Phase.CLOSING) {
            return Transition.refuse(
                    new ChannelRefusal.ChannelNotIn(id, entry.phase(), Phase.CLOSING.name()));
        }
        boolean isAppointed =
                entry.terms()
                        .participants()
                        .get(body.participant())
                        .key()
                        .verifies(
                                body.appointment(),
                                DomainTag.CHANNEL_DELEGATE,
                                draft.context().network(),
                                new Delegation(id, draft.sender()).encoded());
        if (!isAppointed) {
            return Transition.refuse(
                    new ChannelRefusal.NotAppointed(id, draft.sender(), body.participant()));
        }
        return refuseState(entry, body.state(), draft)
                .or(() -> answer(entry, body.state(), body.participant(), draft));
    }

    private static int sender(ChannelEntry entry, Draft draft) {
        return entry.terms().indexOf(draft.sender()).orElseThrow();
    }

    private static Optional<Refusal> answer(
            ChannelEntry entry, CoSignedState state, int place, Draft draft) {
        ChannelId id = state.state().channel();
        ChannelEntry closing =
                putClosing(Recorded.shown(entry, state.state()), entry, place, draft);
        // Paper 2.E(b): the other party's higher state ends the countdown at once. Contracts that
        // still run get the countdown, so that both can force their progress.
        boolean answersOther = closing.closer() != entry.closer();
        boolean atOnce = entry.terms().closeRule() == CloseRule.CLOSE_AT_ONCE;
        if (atOnce && answersOther && closing.recorded().locks().isEmpty()) {
            payOut(id, closing, closing.recorded().payouts(), draft);
        }
        return Transition.done();
    }

    /** Lets a participant do something with a channel that is in the phase for it. */
    static Optional<Refusal> asParty(
            ChannelId id,
            Phase phase,
            Draft draft,
            Function<ChannelEntry, Optional<Refusal>> action) {
        Optional<ChannelEntry> found = draft.ledger().channel(id);
        Optional<Refusal> refusal = refuseParty(id, found, draft);
        if (refusal.isPresent()) {
            return refusal;
        }
        ChannelEntry entry = found.orElseThrow();
        return entry.phase() == phase
                ? action.apply(entry)
                : Transition.refuse(
                        new ChannelRefusal.ChannelNotIn(id, entry.phase(), phase.name()));
    }

    /** All is decided when the countdown is over, so anybody may settle. */
    static Optional<Refusal> settle(
            ChannelTransaction.Settle body, Transaction transaction, Draft draft) {
        ChannelId id = body.channel();
        Optional<ChannelEntry> found = draft.ledger().channel(id);
        if (found.isEmpty()) {
            return Transition.refuse(new ChannelRefusal.ChannelUnknown(id));
        }
        ChannelEntry entry = found.get();
        if (entry.phase() != Phase.CLOSING) {
            return Transition.refuse(new ChannelRefusal.ChannelNotIn(id, entry.phase(), "CLOSING"));
        }
        if (draft.height().isBefore(entry.closesAt())) {
            return Transition.refuse(
                    new ChannelRefusal.CountdownRuns(draft.height(), entry.closesAt()));
        }
        BlockHeight finalHeight = finalHeight(draft);
        if (finalHeight.isBefore(entry.changedAt())) {
            return Transition.refuse(
                    new ChannelRefusal.CloseNotFinal(entry.changedAt(), finalHeight));
        }
        payOut(id, entry, entry.recorded().payouts(), draft);
        return Transition.done();
    }

    private static BlockHeight finalHeight(Draft draft) {
        long epoch = draft.ledger().finality().finalised().epoch();
        return new BlockHeight(
                Math.multiplyExact(epoch, (long) draft.parameters().finality().epochLength()));
    }

    /** Refuses who is no participant of a channel that exists. */
    static Optional<Refusal> refuseParty(ChannelId id, Optional<ChannelEntry> entry, Draft draft) {
        if (entry.isEmpty()) {
            return Transition.refuse(new ChannelRefusal.ChannelUnknown(id));
        }
        return entry.get().terms().indexOf(draft.sender()).isPresent()
                ? Optional.empty()
                : Transition.refuse(new ChannelRefusal.NotParticipant(id, draft.sender()));
    }

    /** Refuses a state that is not newer, not signed by all, or not of the channel's total. */
    static Optional<Refusal> refuseState(ChannelEntry entry, CoSignedState state, Draft draft) {
        ChannelId id = entry.recorded().channel();
        if (!entry.isReplacedBy(state.nonce())) {
            return Transition.refuse(
                    new ChannelRefusal.StateNotNewer(state.nonce(), entry.agreed()));
        }
        if (!state.isSignedUnder(entry.terms(), draft.context().network())) {
            return Transition.refuse(new ChannelRefusal.NotCoSigned(id, "state " + state.nonce()));
        }
        Amount total = state.state().total();
        Amount locked = entry.recorded().total();
        return total.equals(locked)
                ? Optional.empty()
                : Transition.refuse(new ChannelRefusal.TotalDiffers(total, locked));
    }

    /**
     * A state as the chain records it.
     *
     * @param agreed the nonce up to which both have signed
     * @param steps what the chain ran and a co-signed state may come after that knows nothing of it
     */
    record Recorded(ChannelState state, Nonce agreed, StepsOnChain steps) {
        /** What is recorded when a participant shows {@code state}, or nothing new. */
        static Recorded of(ChannelEntry entry, Optional<CoSignedState> state) {
            return state.map(shown -> shown(entry, shown.state()))
                    .orElseGet(() -> new Recorded(entry.recorded(), entry.agreed(), entry.steps()));
        }

        /** A newer co-signed state, with the steps done of which it may know nothing. */
        static Recorded shown(ChannelEntry entry, ChannelState coSigned) {
            StepsOnChain steps = entry.steps().notKnownTo(coSigned);
            return new Recorded(steps.appliedTo(coSigned), coSigned.nonce(), steps);
        }

        /** An entry for this in a channel that is open. */
        ChannelEntry open(ChannelEntry before, BlockHeight height) {
            return new ChannelEntry(
                    before.terms(),
                    Phase.OPEN,
                    state,
                    agreed,
                    before.closer(),
                    before.closesAt(),
                    height,
                    steps);
        }
    }

    /** Records a state of the sender and starts the countdown, again or for the first time. */
    static ChannelEntry putClosing(Recorded recorded, ChannelEntry before, Draft draft) {
        return putClosing(recorded, before, sender(before, draft), draft);
    }

    private static ChannelEntry putClosing(
            Recorded recorded, ChannelEntry before, int place, Draft draft) {
        ChannelId id = before.recorded().channel();
        BlockHeight closesAt = draft.height().plus(before.terms().countdownBlocks());
        ChannelEntry closing =
                new ChannelEntry(
                        before.terms(),
                        Phase.CLOSING,
                        recorded.state(),
                        recorded.agreed(),
                        place,
                        closesAt,
                        draft.height(),
                        recorded.steps());
        put(id, closing, draft);
        Address by = before.terms().participants().get(place).address();
        draft.fact(new LedgerFact.ChannelClosing(id, by, recorded.state(), closesAt));
        return closing;
    }

    static void put(ChannelId id, ChannelEntry entry, Draft draft) {
        draft.change(ledger -> ledger.withChannel(id, entry));
    }

    private static void payOut(
            ChannelId id, ChannelEntry entry, List<Amount> payouts, Draft draft) {
        ChannelEntry closed =
                new ChannelEntry(
                        entry.terms(),
                        Phase.CLOSED,
                        entry.recorded(),
                        entry.agreed(),
                        entry.closer(),
                        entry.closesAt(),
                        draft.height());
        put(id, closed, draft);
        for (int i = 0; i < payouts.size(); i++) {
            Address participant = entry.terms().participants().get(i).address();
            if (!payouts.get(i).isZero()) {
                draft.credit(participant, payouts.get(i));
            }
        }
        draft.fact(new LedgerFact.ChannelClosed(id, payouts));
    }
}
