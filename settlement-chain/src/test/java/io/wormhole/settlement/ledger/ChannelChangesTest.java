package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry.Phase;
import io.wormhole.protocol.transaction.ChannelTransaction;
import org.junit.jupiter.api.Test;

class ChannelChangesTest {
    private final Trial trial = Trial.start();
    private final Deal deal = Deal.opened(trial, CloseRule.CLOSE_AT_ONCE);

    private ChannelResize resize(long nonce, long alice, long bob, long first, long second) {
        return deal.resize(nonce, alice, bob, first, second);
    }

    private ChannelTransaction.ChallengeFor challengeFor(
            KeyPair party, int place, Address delegate, long nonce) {
        return deal.challengeFor(party, place, delegate, deal.state(nonce, 10, 40));
    }

    @Test
    void aDepositLocksWhatBothSignedAndRecordsTheState() {
        Amount alice = trial.balance(Alice.ADDRESS);
        Amount bob = trial.balance(Bob.ADDRESS);

        Outcome.Applied outcome = trial.accept(Alice.KEYS, deal.deposit(resize(4, 25, 45, 7, 13)));

        assertThat(deal.entry().recorded().total()).isEqualTo(Amount.of(70));
        assertThat(deal.entry().agreed()).isEqualTo(new Nonce(4));
        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(bob.minus(Amount.of(13)));
        assertThat(trial.balance(Alice.ADDRESS))
                .isEqualTo(alice.minus(Amount.of(7)).minus(outcome.fee()));
        assertThat(outcome.facts()).anyMatch(fact -> fact instanceof LedgerFact.ChannelChanged);
    }

    @Test
    void statesFromBeforeADepositAreWorthNothing() {
        trial.accept(Alice.KEYS, deal.deposit(resize(4, 25, 45, 7, 13)));

        trial.refuse(
                Bob.KEYS, deal.solo(deal.state(4, 10, 40)), ChannelRefusal.StateNotNewer.class);
        trial.refuse(Bob.KEYS, deal.solo(deal.state(5, 10, 40)), ChannelRefusal.TotalDiffers.class);
        trial.accept(Bob.KEYS, deal.solo(deal.state(5, 30, 40)));
    }

    @Test
    void aWithdrawalPaysWhatBothSigned() {
        Amount bob = trial.balance(Bob.ADDRESS);

        trial.accept(Alice.KEYS, deal.withdraw(resize(2, 5, 15, 0, 30)));

        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(bob.plus(Amount.of(30)));
        assertThat(deal.entry().recorded().total()).isEqualTo(Amount.of(20));
        assertThat(deal.entry().phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void amountsThatDoNotAddUpAreRefused() {
        trial.refuse(
                Alice.KEYS,
                deal.deposit(resize(2, 25, 45, 7, 12)),
                ChannelRefusal.TotalDiffers.class);
        trial.refuse(
                Alice.KEYS,
                deal.withdraw(resize(2, 5, 15, 0, 31)),
                ChannelRefusal.TotalDiffers.class);
        trial.refuse(
                Alice.KEYS,
                deal.withdraw(resize(2, 0, 0, 0, 51)),
                ChannelRefusal.TotalDiffers.class);
        trial.refuse(
                Alice.KEYS,
                deal.withdraw(resize(2, 0, 0, 20, 30)),
                ChannelRefusal.ChannelEmpty.class);
        trial.refuse(
                Alice.KEYS,
                deal.deposit(resize(2, 20, 30, 0, 0)),
                ChannelRefusal.ChannelUnchanged.class);
        trial.refuse(
                Alice.KEYS,
                deal.deposit(resize(2, Long.MAX_VALUE - 30, 30, Long.MAX_VALUE - 50, 0)),
                ChannelRefusal.PartnerFundsTooLow.class);
    }

    @Test
    void aDepositIsNoWithdrawalAndNeitherIsAState() {
        ChannelResize resize = resize(2, 25, 45, 7, 13);
        ChannelTransaction.Withdraw stolen =
                new ChannelTransaction.Withdraw(
                        resize(2, 5, 15, 0, 30),
                        Deal.signatures(
                                DomainTag.CHANNEL_DEPOSIT,
                                trial.network(),
                                resize(2, 5, 15, 0, 30)));

        trial.refuse(Bob.KEYS, stolen, ChannelRefusal.NotCoSigned.class);
        trial.refuse(
                Bob.KEYS,
                new ChannelTransaction.Deposit(
                        resize,
                        Deal.signatures(DomainTag.CHANNEL_STATE, trial.network(), resize.state())),
                ChannelRefusal.NotCoSigned.class);
        trial.refuse(Mallory.KEYS, deal.deposit(resize), ChannelRefusal.NotParticipant.class);
    }

    @Test
    void nothingGoesInOrOutWhileAChannelCloses() {
        trial.accept(Alice.KEYS, deal.solo());

        trial.refuse(
                Alice.KEYS,
                deal.deposit(resize(2, 25, 45, 7, 13)),
                ChannelRefusal.ChannelNotIn.class);
        trial.refuse(
                Alice.KEYS,
                deal.withdraw(resize(2, 5, 15, 0, 30)),
                ChannelRefusal.ChannelNotIn.class);
        trial.refuse(
                Alice.KEYS,
                deal.snapshot(deal.state(3, 10, 40)),
                ChannelRefusal.ChannelNotIn.class);
    }

    @Test
    void afterASnapshotNoOlderStateCloses() {
        trial.accept(Alice.KEYS, deal.snapshot(deal.state(7, 10, 40)));

        assertThat(deal.entry().phase()).isEqualTo(Phase.OPEN);
        trial.refuse(Bob.KEYS, deal.solo(deal.state(7, 1, 49)), ChannelRefusal.StateNotNewer.class);
        trial.refuse(Bob.KEYS, deal.solo(deal.state(6, 1, 49)), ChannelRefusal.StateNotNewer.class);
        trial.accept(Bob.KEYS, deal.solo());
        assertThat(deal.entry().recorded().balances())
                .containsExactly(Amount.of(10), Amount.of(40));
    }

    @Test
    void aDelegateAnswersAsWhoAppointedIt() {
        trial.accept(Bob.KEYS, deal.solo());

        trial.accept(Mallory.KEYS, challengeFor(Alice.KEYS, 0, Mallory.ADDRESS, 5));

        assertThat(deal.entry().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aDelegateOfTheCloserCannotEndItsCountdown() {
        trial.accept(Bob.KEYS, deal.solo());

        trial.accept(Mallory.KEYS, challengeFor(Bob.KEYS, 1, Mallory.ADDRESS, 5));

        assertThat(deal.entry().phase()).isEqualTo(Phase.CLOSING);
    }

    @Test
    void onlyWhoWasAppointedForThisChannelAnswers() {
        trial.accept(Bob.KEYS, deal.solo());

        trial.refuse(
                Mallory.KEYS,
                challengeFor(Alice.KEYS, 0, Bob.ADDRESS, 5),
                ChannelRefusal.NotAppointed.class);
        trial.refuse(
                Mallory.KEYS,
                challengeFor(Mallory.KEYS, 0, Mallory.ADDRESS, 5),
                ChannelRefusal.NotAppointed.class);
        trial.refuse(
                Mallory.KEYS,
                challengeFor(Alice.KEYS, 1, Mallory.ADDRESS, 5),
                ChannelRefusal.NotAppointed.class);
        trial.refuse(
                Mallory.KEYS,
                deal.challenge(deal.state(5, 10, 40)),
                ChannelRefusal.NotParticipant.class);
    }

    @Test
    void aDelegateCanDoNothingElse() {
        trial.refuse(
                Mallory.KEYS,
                challengeFor(Alice.KEYS, 0, Mallory.ADDRESS, 5),
                ChannelRefusal.ChannelNotIn.class);
        trial.refuse(Mallory.KEYS, deal.solo(), ChannelRefusal.NotParticipant.class);
        trial.refuse(
                Mallory.KEYS,
                deal.snapshot(deal.state(7, 10, 40)),
                ChannelRefusal.NotParticipant.class);
    }
}
