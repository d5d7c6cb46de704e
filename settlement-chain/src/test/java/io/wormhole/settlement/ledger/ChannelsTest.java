package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening channels and closing them together. */
class ChannelsTest {
    private final Trial trial = Trial.start();

    private Deal atOnce() {
        return Deal.opened(trial, CloseRule.CLOSE_AT_ONCE);
    }

    private Amount gainOf(KeyPair who, Runnable action) {
        Amount before = trial.balance(who.address());
        action.run();
        return trial.balance(who.address()).minus(before);
    }

    @Test
    void openingTakesBothDeposits() {
        Deal deal = Deal.agreed(trial, CloseRule.CLOSE_AT_ONCE);

        Outcome.Applied applied = trial.accept(Alice.KEYS, deal.open());

        assertThat(trial.balance(Bob.ADDRESS)).isEqualTo(Trial.WEALTH.minus(Amount.of(30)));
        assertThat(trial.balance(Alice.ADDRESS))
                .isEqualTo(Trial.WEALTH.minus(Amount.of(20)).minus(applied.fee()));
        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.OPEN);
        assertThat(deal.entry().recorded()).isEqualTo(deal.terms().initialState(trial.network()));
        assertThat(applied.facts()).contains(new LedgerFact.ChannelOpened(deal.id(), deal.terms()));
    }

    @Test
    void onlyAParticipantOpens() {
        Deal deal = Deal.agreed(trial, CloseRule.CLOSE_AT_ONCE);

        trial.refuse(Mallory.KEYS, deal.open(), ChannelRefusal.NotParticipant.class);
        trial.accept(Bob.KEYS, deal.open());
    }

    @Test
    void bothMustHaveSignedTheseTermsForThisNetwork() {
        Deal deal = Deal.agreed(trial, CloseRule.CLOSE_AT_ONCE);
        ChannelTerms terms = deal.terms();
        Signature alone = Deal.sign(Alice.KEYS, DomainTag.CHANNEL_TERMS, trial.network(), terms);

        trial.refuse(
                Alice.KEYS,
                new ChannelTransaction.Open(terms, List.of(alone)),
                ChannelRefusal.NotCoSigned.class);
        trial.refuse(
                Alice.KEYS,
                new ChannelTransaction.Open(terms, List.of(alone, alone)),
                ChannelRefusal.NotCoSigned.class);
        trial.refuse(
                Alice.KEYS,
                new ChannelTransaction.Open(
                        terms, Deal.signatures(DomainTag.CHANNEL_TERMS, TestNetwork.OTHER, terms)),
                ChannelRefusal.NotCoSigned.class);
        trial.refuse(
                Alice.KEYS,
                new ChannelTransaction.Open(
                        terms, Deal.signatures(DomainTag.CHANNEL_STATE, trial.network(), terms)),
                ChannelRefusal.NotCoSigned.class);
    }

    @Test
    void theCountdownLiesWithinTheNetworksBounds() {
        long most = trial.parameters().channels().maximumCountdownBlocks();

        trial.refuse(
                Alice.KEYS,
                Deal.of(trial, Deal.terms(CloseRule.CLOSE_AT_ONCE, 1, most + 1)).open(),
                ChannelRefusal.CountdownOutOfRange.class);
        trial.accept(
                Alice.KEYS, Deal.of(trial, Deal.terms(CloseRule.CLOSE_AT_ONCE, 1, most)).open());
    }

    private ChannelTransaction.Open openWith(long alice, long bob, long reserve) {
        return Deal.of(
                        trial,
                        new ChannelTerms(
                                List.of(
                                        new Participant(Alice.KEYS.publicKey(), Amount.of(alice)),
                                        new Participant(Bob.KEYS.publicKey(), Amount.of(bob))),
                                10,
                                CloseRule.CLOSE_AT_ONCE,
                                Amount.of(reserve),
                                Hash.ZERO))
                .open();
    }

    @Test
    void everyDepositCoversTheReserve() {
        trial.refuse(Alice.KEYS, openWith(4, 5, 5), ChannelRefusal.ReserveNotCovered.class);
        trial.refuse(Alice.KEYS, openWith(5, 4, 5), ChannelRefusal.ReserveNotCovered.class);
        trial.accept(Alice.KEYS, openWith(5, 5, 5));
    }

    @Test
    void anEmptyChannelIsRefusedAndAnEmptySideIsNot() {
        trial.refuse(Alice.KEYS, openWith(0, 0, 0), ChannelRefusal.ChannelEmpty.class);
        trial.accept(Alice.KEYS, openWith(1, 0, 0));
    }

    @Test
    void bothMustHaveTheMoney() {
        long wealth = Trial.WEALTH.baseUnits();

        trial.refuse(
                Alice.KEYS, openWith(0, wealth + 1, 0), ChannelRefusal.PartnerFundsTooLow.class);
        trial.refuse(Alice.KEYS, openWith(wealth, 0, 0), Refusal.FundsTooLow.class);
        trial.accept(Alice.KEYS, openWith(0, wealth, 0));
    }

    @Test
    void anIdIsNeverUsedAgain() {
        Deal deal = atOnce();

        trial.refuse(Bob.KEYS, deal.open(), ChannelRefusal.ChannelIdUsed.class);
        trial.accept(Bob.KEYS, deal.mutual(25, 25));

        trial.refuse(Alice.KEYS, deal.open(), ChannelRefusal.ChannelIdUsed.class);
        trial.refuse(Bob.KEYS, deal.mutual(25, 25), ChannelRefusal.ChannelNotIn.class);
        trial.refuse(Bob.KEYS, deal.solo(), ChannelRefusal.ChannelNotIn.class);
        trial.refuse(Bob.KEYS, deal.settle(), ChannelRefusal.ChannelNotIn.class);
    }

    @Test
    void closingTogetherPaysTheSignedBalances() {
        Deal deal = atOnce();

        Amount bob = gainOf(Bob.KEYS, () -> trial.accept(Alice.KEYS, deal.mutual(41, 9)));

        assertThat(bob).isEqualTo(Amount.of(9));
        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSED);
    }

    @Test
    void anybodyMayBringWhatBothHaveSigned() {
        Deal deal = atOnce();

        trial.accept(Mallory.KEYS, deal.mutual(50, 0));

        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSED);
    }

    @Test
    void closingTogetherSharesExactlyWhatIsThere() {
        Deal deal = atOnce();

        trial.refuse(Alice.KEYS, deal.mutual(25, 26), ChannelRefusal.TotalDiffers.class);
        trial.refuse(Alice.KEYS, deal.mutual(25, 24), ChannelRefusal.TotalDiffers.class);
        ChannelTransaction.CloseMutual good = deal.mutual(25, 25);
        trial.refuse(
                Alice.KEYS,
                new ChannelTransaction.CloseMutual(
                        good.balances(), deal.mutual(24, 26).signatures()),
                ChannelRefusal.NotCoSigned.class);
    }

    @Test
    void closingTogetherEndsADispute() {
        Deal deal = atOnce();
        trial.accept(Alice.KEYS, deal.solo());

        trial.accept(Bob.KEYS, deal.mutual(20, 30));

        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSED);
    }
}
