package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closing alone, disputes about the state and settling, without contracts. */
class SoloCloseTest {
    private final Trial trial = Trial.start();

    private Deal atOnce() {
        return Deal.opened(trial, CloseRule.CLOSE_AT_ONCE);
    }

    private Deal restarting() {
        return Deal.opened(trial, CloseRule.RESTART_COUNTDOWN);
    }

    private static ContractLock lock(long amount) {
        Hash any = Alice.ADDRESS.hash();
        return new ContractLock(0, any, any, Amount.of(amount), 1, 10, 10);
    }

    private Amount gainOf(KeyPair who, Runnable action) {
        Amount before = trial.balance(who.address());
        action.run();
        return trial.balance(who.address()).minus(before);
    }

    @Test
    void aSoloCloseStartsTheCountdown() {
        Deal deal = atOnce();

        Outcome.Applied applied = trial.accept(Bob.KEYS, deal.solo(deal.state(3, 22, 28)));

        assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(20));
        assertThat(deal.entry().closer()).isEqualTo(1);
        assertThat(deal.entry().agreed()).isEqualTo(new Nonce(3));
        assertThat(applied.facts())
                .contains(
                        new LedgerFact.ChannelClosing(
                                deal.id(),
                                Bob.ADDRESS,
                                deal.state(3, 22, 28).state(),
                                new BlockHeight(20)));
        trial.refuse(Alice.KEYS, deal.solo(), ChannelRefusal.ChannelNotIn.class);
    }

    @Test
    void onlyPartiesDispute() {
        Deal deal = atOnce();
        trial.refuse(Mallory.KEYS, deal.solo(), ChannelRefusal.NotParticipant.class);
        trial.accept(Alice.KEYS, deal.solo());

        trial.refuse(
                Mallory.KEYS,
                deal.challenge(deal.state(1, 1, 49)),
                ChannelRefusal.NotParticipant.class);
    }

    @Test
    void anUnknownChannelCannotBeClosed() {
        Deal deal = Deal.agreed(trial, CloseRule.CLOSE_AT_ONCE);

        trial.refuse(Alice.KEYS, deal.solo(), ChannelRefusal.ChannelUnknown.class);
        trial.refuse(Alice.KEYS, deal.mutual(20, 30), ChannelRefusal.ChannelUnknown.class);
        trial.refuse(Alice.KEYS, deal.settle(), ChannelRefusal.ChannelUnknown.class);
        trial.refuse(
                Alice.KEYS,
                deal.challenge(deal.state(1, 20, 30)),
                ChannelRefusal.ChannelUnknown.class);
    }

    @Test
    void aStateIsJudgedByNonceSignaturesChannelAndTotal() {
        Deal deal = atOnce();
        Deal other = Deal.of(trial, Deal.terms(CloseRule.CLOSE_AT_ONCE, 2, 10));
        trial.accept(Alice.KEYS, other.open());
        ChannelState state = deal.state(3, 20, 30).state();
        Signature alice = Deal.sign(Alice.KEYS, DomainTag.CHANNEL_STATE, trial.network(), state);

        trial.refuse(
                Alice.KEYS, deal.solo(deal.state(0, 20, 30)), ChannelRefusal.StateNotNewer.class);
        trial.refuse(
                Alice.KEYS, deal.solo(other.state(3, 20, 30)), ChannelRefusal.NotCoSigned.class);
        trial.refuse(
                Alice.KEYS,
                deal.solo(new CoSignedState(state, List.of(alice, alice))),
                ChannelRefusal.NotCoSigned.class);
        trial.refuse(
                Alice.KEYS,
                deal.solo(
                        new CoSignedState(
                                state,
                                Deal.signatures(
                                        DomainTag.CHANNEL_STATE, TestNetwork.OTHER, state))),
                ChannelRefusal.NotCoSigned.class);
        trial.refuse(
                Alice.KEYS, deal.solo(deal.state(3, 20, 31)), ChannelRefusal.TotalDiffers.class);
        trial.accept(Alice.KEYS, deal.solo(deal.state(3, 20, 30)));
    }

    @Test
    void theOtherPartysHigherStateClosesAtOnce() {
        Deal deal = atOnce();
        trial.accept(Bob.KEYS, deal.solo(deal.state(3, 10, 40)));
        trial.at(15);

        Amount bob =
                gainOf(
                        Bob.KEYS,
                        () -> trial.accept(Alice.KEYS, deal.challenge(deal.state(5, 45, 5))));

        assertThat(bob).isEqualTo(Amount.of(5));
        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSED);
    }

    @Test
    void theCloserItselfOnlyRestartsTheCountdown() {
        Deal deal = atOnce();
        trial.accept(Bob.KEYS, deal.solo(deal.state(3, 10, 40)));
        trial.at(15);

        trial.accept(Bob.KEYS, deal.challenge(deal.state(4, 12, 38)));

        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSING);
        assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(25));
    }

    @Test
    void aStateWithContractsGetsTheCountdownAndThenTheOtherMayEndIt() {
        Deal deal = atOnce();
        trial.accept(Bob.KEYS, deal.solo(deal.state(3, 10, 40)));

        trial.accept(Alice.KEYS, deal.challenge(deal.state(4, 10, 30, lock(10))));
        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSING);
        assertThat(deal.entry().closer()).isEqualTo(0);

        trial.accept(Alice.KEYS, deal.challenge(deal.state(5, 15, 35)));
        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSING);
        trial.accept(Bob.KEYS, deal.challenge(deal.state(6, 18, 32)));
        assertThat(deal.entry().phase()).isEqualTo(ChannelEntry.Phase.CLOSED);
    }

    @Test
    void whereTheTermsSayAHigherStateRestartsTheCountdown() {
        Deal deal = restarting();
        trial.accept(Bob.KEYS, deal.solo(deal.state(3, 10, 40)));
        trial.at(15);

        trial.accept(Alice.KEYS, deal.challenge(deal.state(5, 45, 5)));

        assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(25));
        trial.refuse(
                Bob.KEYS, deal.challenge(deal.state(5, 45, 5)), ChannelRefusal.StateNotNewer.class);
        trial.refuse(
                Bob.KEYS,
                deal.challenge(deal.state(4, 10, 40)),
                ChannelRefusal.StateNotNewer.class);
        trial.accept(Bob.KEYS, deal.challenge(deal.state(6, 44, 6)));
    }

    @Test
    void onlyAClosingChannelIsChallenged() {
        Deal deal = restarting();

        trial.refuse(
                Alice.KEYS,
                deal.challenge(deal.state(1, 20, 30)),
                ChannelRefusal.ChannelNotIn.class);
    }

    @Test
    void aChallengeIsGoodUntilSomebodySettles() {
        Deal deal = restarting();
        trial.accept(Bob.KEYS, deal.solo(deal.state(3, 10, 40)));
        trial.at(200);

        trial.accept(Alice.KEYS, deal.challenge(deal.state(5, 45, 5)));

        assertThat(deal.entry().closesAt()).isEqualTo(new BlockHeight(210));
    }

    @Test
    void settlingWaitsForTheCountdownToTheBlock() {
        Deal deal = restarting();
        trial.accept(Bob.KEYS, deal.solo(deal.state(3, 10, 40)));
        trial.finalise(100);

        trial.at(19);
        trial.refuse(Alice.KEYS, deal.settle(), ChannelRefusal.CountdownRuns.class);
        trial.at(20);
        Amount bob = gainOf(Bob.KEYS, () -> trial.accept(Alice.KEYS, deal.settle()));

        assertThat(bob).isEqualTo(Amount.of(40));
        trial.refuse(Alice.KEYS, deal.settle(), ChannelRefusal.ChannelNotIn.class);
    }

    @Test
    void settlingWaitsUntilTheCloseIsFinal() {
        Deal deal = restarting();
        trial.at(13).accept(Bob.KEYS, deal.solo());
        trial.at(40);

        trial.finalise(3);
        ChannelRefusal.CloseNotFinal refusal =
                trial.refuse(Alice.KEYS, deal.settle(), ChannelRefusal.CloseNotFinal.class);

        assertThat(refusal.finalHeight()).isEqualTo(new BlockHeight(12));
        trial.finalise(4);
        trial.accept(Mallory.KEYS, deal.settle());
    }

    @Test
    void settlingAtTheVeryHeightThatIsFinalIsEnough() {
        Deal deal = restarting();
        trial.at(12).accept(Bob.KEYS, deal.solo());
        trial.at(22);
        trial.finalise(3);

        trial.accept(Alice.KEYS, deal.settle());
    }

    @Test
    void settlingNeedsACloseFirst() {
        Deal deal = restarting();

        trial.refuse(Alice.KEYS, deal.settle(), ChannelRefusal.ChannelNotIn.class);
    }

    @Test
    void whatContractsStillHoldGoesBackAsAgreed() {
        Deal deal = restarting();
        trial.accept(Alice.KEYS, deal.solo(deal.state(3, 15, 25, lock(10))));
        trial.at(20);
        trial.finalise(100);

        Amount bob = gainOf(Bob.KEYS, () -> trial.accept(Alice.KEYS, deal.settle()));

        assertThat(bob).isEqualTo(Amount.of(35));
    }

    @Test
    void noOtherStateOfAnyNonceSlipsThrough() {
        Arbitrary arbitrary = Arbitrary.forTest("SoloCloseTest", 11);
        Deal deal = restarting();
        trial.accept(Alice.KEYS, deal.solo(deal.state(7, 20, 30)));

        for (int i = 0; i < 50; i++) {
            long nonce = arbitrary.below(8);
            long alice = arbitrary.below(51);
            trial.refuse(
                    Bob.KEYS,
                    deal.challenge(deal.state(nonce, alice, 50 - alice)),
                    ChannelRefusal.StateNotNewer.class);
        }
    }
}
