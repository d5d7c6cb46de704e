package io.wormhole.channel.decider;

import io.wormhole.channel.update.ContractRunner;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Delegation;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.FakeSettlement;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.state.StepsOnChain;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.List;
import java.util.Optional;

/**
 * The ledger's channel rules restated, so that channels can be judged without the chain.
 *
 * @param remembers whether what the chain ran stays done; without it a simulation must find theft
 */
public record ChannelLedger(NetworkId network, ContractRunner contracts, boolean remembers)
        implements FakeSettlement.Rules {
    /** The rules as they are. */
    public ChannelLedger(NetworkId network, ContractRunner contracts) {
        this(network, contracts, true);
    }

    @Override
    public Optional<String> apply(FakeSettlement.State state, Transaction transaction) {
        if (transaction.body() instanceof ChannelTransaction.Open open) {
            return open(state, open);
        }
        if (transaction.body() instanceof ChannelTransaction.CloseMutual close) {
            return closeMutual(state, close);
        }
        if (transaction.body() instanceof ChannelTransaction.CloseSolo close) {
            return closeSolo(state, close, transaction);
        }
        if (transaction.body() instanceof ChannelTransaction.Challenge challenge) {
            return challenge(state, challenge, transaction);
        }
        if (transaction.body() instanceof ChannelTransaction.ChallengeFor challenge) {
            return challengeFor(state, challenge, transaction);
        }
        if (transaction.body() instanceof ChannelTransaction.Deposit deposit) {
            return resize(state, deposit.resize(), deposit.signatures(), false);
        }
        if (transaction.body() instanceof ChannelTransaction.Withdraw withdraw) {
            return resize(state, withdraw.resize(), withdraw.signatures(), true);
        }
        if (transaction.body() instanceof ChannelTransaction.Snapshot snapshot) {
            return snapshot(state, snapshot);
        }
        if (transaction.body() instanceof ChannelTransaction.Settle settle) {
            return settle(state, settle);
        }
        if (transaction.body() instanceof ChannelTransaction.ForceProgress force) {
            return new ForcedSteps(contracts).apply(state, force, transaction);
        }
        return Optional.of("unknown-body");
    }

    private Optional<String> open(FakeSettlement.State state, ChannelTransaction.Open open) {
        ChannelTerms terms = open.terms();
        ChannelId id = terms.id(network);
        if (state.channels().containsKey(id)) {
            return Optional.of("channel-id-used");
        }
        if (!terms.signedByAll(open.signatures(), DomainTag.CHANNEL_TERMS, network, terms)) {
            return Optional.of("not-co-signed");
        }
        for (Participant participant : terms.participants()) {
            if (!participant.deposit().covers(terms.reserve())
                    || !state.balance(participant.address()).covers(participant.deposit())) {
                return Optional.of("funds-too-low");
            }
        }
        for (Participant participant : terms.participants()) {
            if (!participant.deposit().isZero()) {
                state.debit(participant.address(), participant.deposit());
            }
        }
        state.channels()
                .put(
                        id,
                        new ChannelEntry(
                                terms,
                                Phase.OPEN,
                                terms.initialState(network),
                                Nonce.ZERO,
                                0,
                                BlockHeight.ZERO,
                                state.height()));
        return Optional.empty();
    }

    private Optional<String> closeMutual(
            FakeSettlement.State state, ChannelTransaction.CloseMutual close) {
        ChannelId id = close.balances().channel();
        ChannelEntry entry = state.channels().get(id);
        if (entry == null || entry.phase() == Phase.CLOSED) {
            return Optional.of("channel-not-in");
        }
        boolean signed =
                entry.terms()
                        .signedByAll(
                                close.signatures(),
                                DomainTag.CHANNEL_CLOSE,
                                network,
                                close.balances());
        if (!signed) {
            return Optional.of("not-co-signed");
        }
        if (!Amount.sum(close.balances().balances()).equals(entry.recorded().total())) {
            return Optional.of("total-differs");
        }
        payOut(state, id, entry, close.balances().balances());
        return Optional.empty();
    }

    private Optional<String> closeSolo(
            FakeSettlement.State state,
            ChannelTransaction.CloseSolo close,
            Transaction transaction) {
        ChannelEntry entry = state.channels().get(close.channel());
        if (entry == null || entry.phase() != Phase.OPEN || place(entry, transaction) < 0) {
            return Optional.of("channel-not-in");
        }
        Optional<String> refusal = close.state().flatMap(shown -> refuse(entry, shown));
        if (refusal.isPresent()) {
            return refusal;
        }
        Recorded recorded =
                close.state()
                        .map(shown -> shown(entry, shown.state()))
                        .orElseGet(() -> Recorded.of(entry));
        recorded.putClosing(state, entry, place(entry, transaction));
        return Optional.empty();
    }

    private Optional<String> challenge(
            FakeSettlement.State state,
            ChannelTransaction.Challenge challenge,
            Transaction transaction) {
        ChannelEntry entry = state.channels().get(challenge.channel());
        if (entry == null || entry.phase() != Phase.CLOSING || place(entry, transaction) < 0) {
            return Optional.of("channel-not-in");
        }
        return answer(state, entry, challenge.state(), place(entry, transaction));
    }

    private Optional<String> challengeFor(
            FakeSettlement.State state,
            ChannelTransaction.ChallengeFor challenge,
            Transaction transaction) {
        ChannelEntry entry = state.channels().get(challenge.channel());
        if (entry == null || entry.phase() != Phase.CLOSING) {
            return Optional.of("channel-not-in");
        }
        boolean appointed =
                entry.terms()
                        .participants()
                        .get(challenge.participant())
                        .key()
                        .verifies(
                                challenge.appointment(),
                                DomainTag.CHANNEL_DELEGATE,
                                network,
                                new Delegation(challenge.channel(), transaction.sender().address())
                                        .encoded());
        return appointed
                ? answer(state, entry, challenge.state(), challenge.participant())
                : Optional.of("not-appointed");
    }

    private Optional<String> answer(
            FakeSettlement.State state, ChannelEntry entry, CoSignedState shown, int place) {
        Optional<String> refusal = refuse(entry, shown);
        if (refusal.isPresent()) {
            return refusal;
        }
        ChannelEntry closing = shown(entry, shown.state()).putClosing(state, entry, place);
        boolean atOnce =
                entry.terms().closeRule() == CloseRule.CLOSE_AT_ONCE
                        && closing.closer() != entry.closer()
                        && closing.recorded().locks().isEmpty();
        if (atOnce) {
            ChannelId id = shown.state().channel();
            payOut(state, id, closing, closing.recorded().payouts());
        }
        return Optional.empty();
    }

    private Optional<String> resize(
            FakeSettlement.State state,
            ChannelResize resize,
            List<Signature> signatures,
            boolean withdrawal) {
        ChannelEntry entry = state.channels().get(resize.state().channel());
        if (entry == null || entry.phase() != Phase.OPEN) {
            return Optional.of("channel-not-in");
        }
        DomainTag tag = withdrawal ? DomainTag.CHANNEL_WITHDRAWAL : DomainTag.CHANNEL_DEPOSIT;
        if (!entry.isReplacedBy(resize.state().nonce())) {
            return Optional.of("state-not-newer");
        }
        if (!entry.terms().signedByAll(signatures, tag, network, resize)) {
            return Optional.of("not-co-signed");
        }
        Amount before = entry.recorded().total();
        Amount after = withdrawal ? before.minus(resize.total()) : before.plus(resize.total());
        if (!resize.state().total().equals(after)) {
            return Optional.of("total-differs");
        }
        for (int i = 0; i < resize.amounts().size(); i++) {
            Amount amount = resize.amounts().get(i);
            Address who = entry.terms().participants().get(i).address();
            if (withdrawal) {
                state.credit(who, amount);
            } else if (!state.balance(who).covers(amount)) {
                return Optional.of("funds-too-low");
            } else if (!amount.isZero()) {
                state.debit(who, amount);
            }
        }
        record(state, entry, resize.state());
        return Optional.empty();
    }

    private Optional<String> snapshot(
            FakeSettlement.State state, ChannelTransaction.Snapshot snapshot) {
        ChannelEntry entry = state.channels().get(snapshot.channel());
        if (entry == null || entry.phase() != Phase.OPEN) {
            return Optional.of("channel-not-in");
        }
        Optional<String> refusal = refuse(entry, snapshot.state());
        if (refusal.isEmpty()) {
            record(state, entry, snapshot.state().state());
        }
        return refusal;
    }

    private void record(FakeSettlement.State state, ChannelEntry entry, ChannelState shown) {
        shown(entry, shown).putOpen(state, entry);
    }

    private Optional<String> settle(FakeSettlement.State state, ChannelTransaction.Settle settle) {
        ChannelEntry entry = state.channels().get(settle.channel());
        if (entry == null || entry.phase() != Phase.CLOSING) {
            return Optional.of("channel-not-in");
        }
        if (state.height().isBefore(entry.closesAt())) {
            return Optional.of("countdown-runs");
        }
        if (state.finalHeight().isBefore(entry.changedAt())) {
            return Optional.of("close-not-final");
        }
        payOut(state, settle.channel(), entry, entry.recorded().payouts());
        return Optional.empty();
    }

    static int place(ChannelEntry entry, Transaction transaction) {
        return entry.terms().indexOf(transaction.sender().address()).orElse(-1);
    }

    private Optional<String> refuse(ChannelEntry entry, CoSignedState shown) {
        if (!entry.isReplacedBy(shown.nonce())) {
            return Optional.of("state-not-newer");
        }
        if (!shown.isSignedUnder(entry.terms(), network)) {
            return Optional.of("not-co-signed");
        }
        return shown.state().total().equals(entry.recorded().total())
                ? Optional.empty()
                : Optional.of("total-differs");
    }

    private Recorded shown(ChannelEntry entry, ChannelState coSigned) {
        StepsOnChain steps = remembers ? entry.steps().notKnownTo(coSigned) : StepsOnChain.NONE;
        return new Recorded(steps.appliedTo(coSigned), coSigned.nonce(), steps);
    }

    /** What the chain records: a state, the nonce that both signed, and steps it remembers. */
    record Recorded(ChannelState state, Nonce agreed, StepsOnChain steps) {
        static Recorded of(ChannelEntry entry) {
            return new Recorded(entry.recorded(), entry.agreed(), entry.steps());
        }

        void putOpen(FakeSettlement.State chain, ChannelEntry before) {
            put(chain, before, Phase.OPEN, before.closer(), before.closesAt());
        }

        ChannelEntry putClosing(FakeSettlement.State chain, ChannelEntry before, int place) {
            BlockHeight closesAt = chain.height().plus(before.terms().countdownBlocks());
            return put(chain, before, Phase.CLOSING, place, closesAt);
        }

        private ChannelEntry put(
                FakeSettlement.State chain,
                ChannelEntry before,
                Phase phase,
                int closer,
                BlockHeight closesAt) {
            ChannelEntry entry =
                    new ChannelEntry(
                            before.terms(),
                            phase,
                            state,
                            agreed,
                            closer,
                            closesAt,
                            chain.height(),
                            steps);
            chain.channels().put(state.channel(), entry);
            return entry;
        }
    }

    private static void payOut(
            FakeSettlement.State state, ChannelId id, ChannelEntry entry, List<Amount> payouts) {
        state.channels()
                .put(
                        id,
                        new ChannelEntry(
                                entry.terms(),
                                Phase.CLOSED,
                                entry.recorded(),
                                entry.agreed(),
                                entry.closer(),
                                entry.closesAt(),
                                state.height()));
        for (int i = 0; i < payouts.size(); i++) {
            state.credit(entry.terms().participants().get(i).address(), payouts.get(i));
        }
    }
}
