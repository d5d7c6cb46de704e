package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.channel.Delegation;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;

/** A channel of Alice and Bob in a trial: Alice has 20, Bob 30, countdown 10 blocks. */
final class Deal {
    static final long ALICE_DEPOSIT = 20;
    static final long BOB_DEPOSIT = 30;
    static final long COUNTDOWN = 10;

    private final Trial trial;
    private final ChannelTerms terms;

    private Deal(Trial trial, ChannelTerms terms) {
        this.trial = trial;
        this.terms = terms;
    }

    static Deal agreed(Trial trial, CloseRule rule) {
        return new Deal(trial, terms(rule, 1, COUNTDOWN));
    }

    static Deal of(Trial trial, ChannelTerms terms) {
        return new Deal(trial, terms);
    }

    /** Agreed and opened by Alice. */
    static Deal opened(Trial trial, CloseRule rule) {
        Deal deal = agreed(trial, rule);
        trial.accept(Alice.KEYS, deal.open());
        return deal;
    }

    static ChannelTerms terms(CloseRule rule, int salt, long countdown) {
        return new ChannelTerms(
                List.of(
                        new Participant(Alice.KEYS.publicKey(), Amount.of(ALICE_DEPOSIT)),
                        new Participant(Bob.KEYS.publicKey(), Amount.of(BOB_DEPOSIT))),
                countdown,
                rule,
                Amount.of(5),
                Hash.of(DomainTag.ENTROPY, Amount.of(salt)));
    }

    ChannelTerms terms() {
        return terms;
    }

    ChannelId id() {
        return terms.id(trial.network());
    }

    ChannelEntry entry() {
        return trial.ledger().channel(id()).orElseThrow();
    }

    ChannelTransaction.Open open() {
        return new ChannelTransaction.Open(
                terms, signatures(DomainTag.CHANNEL_TERMS, trial.network(), terms));
    }

    CoSignedState state(long nonce, long alice, long bob, ContractLock... locks) {
        return coSigned(
                new ChannelState(
                        id(),
                        new Nonce(nonce),
                        List.of(Amount.of(alice), Amount.of(bob)),
                        List.of(locks)));
    }

    CoSignedState coSigned(ChannelState state) {
        return new CoSignedState(
                state, signatures(DomainTag.CHANNEL_STATE, trial.network(), state));
    }

    ChannelTransaction.CloseMutual mutual(long alice, long bob) {
        ClosingBalances balances =
                new ClosingBalances(id(), List.of(Amount.of(alice), Amount.of(bob)));
        return new ChannelTransaction.CloseMutual(
                balances, signatures(DomainTag.CHANNEL_CLOSE, trial.network(), balances));
    }

    ChannelTransaction.CloseSolo solo() {
        return new ChannelTransaction.CloseSolo(id(), Optional.empty());
    }

    ChannelTransaction.CloseSolo solo(CoSignedState state) {
        return new ChannelTransaction.CloseSolo(id(), Optional.of(state));
    }

    ChannelTransaction.Challenge challenge(CoSignedState state) {
        return new ChannelTransaction.Challenge(id(), state);
    }

    ChannelTransaction.Settle settle() {
        return new ChannelTransaction.Settle(id());
    }

    /** State {@code nonce} with these balances, and what each side puts in or takes out. */
    ChannelResize resize(long nonce, long alice, long bob, long first, long second) {
        return new ChannelResize(
                state(nonce, alice, bob).state(), List.of(Amount.of(first), Amount.of(second)));
    }

    ChannelTransaction.Deposit deposit(ChannelResize resize) {
        return new ChannelTransaction.Deposit(
                resize, signatures(DomainTag.CHANNEL_DEPOSIT, trial.network(), resize));
    }

    ChannelTransaction.Withdraw withdraw(ChannelResize resize) {
        return new ChannelTransaction.Withdraw(
                resize, signatures(DomainTag.CHANNEL_WITHDRAWAL, trial.network(), resize));
    }

    ChannelTransaction.Snapshot snapshot(CoSignedState state) {
        return new ChannelTransaction.Snapshot(id(), state);
    }

    /** What {@code delegate} brings for {@code party}, who stands at {@code place}. */
    ChannelTransaction.ChallengeFor challengeFor(
            KeyPair party, int place, Address delegate, CoSignedState state) {
        return new ChannelTransaction.ChallengeFor(
                id(),
                state,
                place,
                sign(
                        party,
                        DomainTag.CHANNEL_DELEGATE,
                        trial.network(),
                        new Delegation(id(), delegate)));
    }

    static List<Signature> signatures(DomainTag tag, NetworkId network, Canonical content) {
        return List.of(
                sign(Alice.KEYS, tag, network, content), sign(Bob.KEYS, tag, network, content));
    }

    static Signature sign(KeyPair keys, DomainTag tag, NetworkId network, Canonical content) {
        return keys.sign(tag, network, content.encoded());
    }
}
