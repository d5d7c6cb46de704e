package io.wormhole.channel.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.ledger.Amount;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the two parties of a swap do, step by step. */
class SwapRulesTest extends SwapPair {
    @Test
    void bothLegsArePaid() {
        agree(9_600, 4_800);

        runUntilQuiet();

        assertThat(alice.first.balance()).isEqualTo(950);
        assertThat(alice.second.balance()).isEqualTo(1_030);
        assertThat(bob.gain()).isEqualTo(20);
        assertThat(alice.next()).isEqualTo(new SwapStep.Over(true));
    }

    @Test
    void theParticipantDoesNotLockWithTooLittleTimeBetweenTheLegs() {
        agree(6_000, 4_800);

        runUntilQuiet();
        assertThat(bob.second.standing().position().state().locks()).isEmpty();
        seconds += 12_000;
        runUntilQuiet();

        assertThat(alice.gain()).isZero();
        assertThat(bob.gain()).isZero();
        assertThat(bob.next()).isEqualTo(new SwapStep.Over(false));
    }

    @Test
    void anInitiatorThatStaysAwayGetsNothingAndLosesNothing() {
        agree(9_600, 4_800);
        alice.act();
        Side.talk(alice.first, bob.first);
        for (int i = 0; i < 4; i++) {
            bob.act();
            Side.talk(alice.second, bob.second);
        }
        assertThat(bob.second.standing().position().state().locks()).hasSize(1);

        passBothExpiries();

        assertThat(alice.gain()).isZero();
        assertThat(bob.gain()).isZero();
    }

    @Test
    void whoeverGetsNothingBackFromASilentPartnerClosesAlone() {
        agree(9_600, 4_800);
        alice.act();
        Side.talk(alice.first, bob.first);

        seconds += 9_600;
        alice.act();
        alice.act();
        assertThat(alice.next()).isInstanceOf(SwapStep.Request.class);
        seconds += 250;

        assertThat(alice.next()).isEqualTo(new SwapStep.Close(id(alice.first)));
        alice.first.does(new ChannelAction.Dispute(Optional.empty()));
        assertThat(alice.next()).isEqualTo(new SwapStep.Over(false));
    }

    @Test
    void aParticipantThatLearnedTheSecretGoesOnWhenTheChannelOfItsLegIsOver() {
        agree(9_600, 4_800);
        runUntilAliceWouldRedeem();
        bob.swap = bob.swap.knowing(SECRET);
        bob.progress = SwapProgress.NONE;
        bob.giveOver = true;

        assertThat(isRedeem(bob.next())).isTrue();
    }

    @Test
    void aSilentPartnerIsForcedByTheChainBeforeTheExpiry() {
        agree(9_600, 4_800);
        runUntilAliceWouldRedeem();
        alice.act();

        seconds += 4_800 - 240;

        assertThat(alice.next()).isInstanceOf(SwapStep.Force.class);
    }

    private void runUntilAliceWouldRedeem() {
        while (!isRedeem(alice.next())) {
            alice.act();
            bob.act();
            Side.talk(alice.first, bob.first);
            Side.talk(alice.second, bob.second);
        }
    }

    private static boolean isRedeem(SwapStep step) {
        return step instanceof SwapStep.Request request && request.request().startsWith("redeem-");
    }

    @Test
    void theParticipantRedeemsWithASecretThatOnlyTheChainWasShown() {
        agree(9_600, 4_800);
        runUntilAliceWouldRedeem();
        bob.onChain = List.of(Bytes.of((byte) 1), SECRET);

        assertThat(bob.next()).isEqualTo(new SwapStep.Learn(SECRET));
        bob.act();
        assertThat(bob.next()).isInstanceOf(SwapStep.Remember.class);
        bob.act();

        assertThat(isRedeem(bob.next())).isTrue();
        bob.second.does(new ChannelAction.Dispute(Optional.empty()));
        assertThat(isRedeem(bob.next())).isTrue();
        runUntilQuiet();
        assertThat(bob.first.balance()).isEqualTo(1_050);
        assertThat(bob.next()).isEqualTo(new SwapStep.Over(true));
    }

    @Test
    void theInitiatorNeverBeginsToShowTheSecretWhenTheChainCouldNotHelpInTime() {
        agree(9_600, 4_800);
        runUntilAliceWouldRedeem();

        seconds += 4_800 - 30 * 60;

        assertThat(alice.next()).isEqualTo(new SwapStep.Wait());
        alice.second.does(new ChannelAction.Dispute(Optional.empty()));
        assertThat(alice.next()).isEqualTo(new SwapStep.Wait());
        seconds += 30 * 60;
        assertThat(alice.next()).isEqualTo(new SwapStep.Wait());
    }

    @Test
    void theInitiatorGoesOnOnceTheSecretMayBeKnown() {
        agree(9_600, 4_800);
        runUntilAliceWouldRedeem();
        alice.act();

        assertThat(alice.progress.revealed()).isTrue();
        seconds += 4_800 - 60;
        assertThat(alice.next()).isInstanceOf(SwapStep.Force.class);
    }

    @Test
    void inADisputeTheSecretIsShownToTheChainWhileThereIsTime() {
        agree(9_600, 4_800);
        runUntilAliceWouldRedeem();

        alice.second.does(new ChannelAction.Dispute(Optional.empty()));

        assertThat(alice.next())
                .isInstanceOfSatisfying(
                        SwapStep.Force.class,
                        force -> assertThat(force.first().revealed()).isTrue());
    }

    @Test
    void theInitiatorDoesNotLockWhenTooLittleTimeIsLeft() {
        agree(9_600, 4_800);
        seconds += 3_700;

        assertThat(alice.next()).isEqualTo(new SwapStep.Wait());
        seconds += 1_200;
        assertThat(alice.next()).isEqualTo(new SwapStep.Over(false));
    }

    @Test
    void aLockIsAskedForAgainOnlyWhileTheChannelHasNotMoved() {
        agree(9_600, 4_800);
        SwapStep.Request asked = (SwapStep.Request) alice.next();
        alice.progress = asked.first();

        assertThat(alice.next()).isEqualTo(asked);
        bob.first.offers("payment", new ChannelOperation.Pay(1, Amount.of(1)));
        Side.talk(alice.first, bob.first);
        assertThat(alice.next()).isEqualTo(new SwapStep.Wait());
        alice.progress = alice.progress.notLocked();
        assertThat(alice.next()).isInstanceOf(SwapStep.Request.class);
        alice.progress = asked.first();
        seconds += 9_600;
        assertThat(alice.next()).isEqualTo(new SwapStep.Over(false));
    }

    @Test
    void aSwapThatWasPaidIsSaidToBePaidHoweverLateItIsLookedAt() {
        agree(9_600, 4_800);
        runUntilQuiet();

        seconds += 100_000;

        assertThat(alice.next()).isEqualTo(new SwapStep.Over(true));
        assertThat(bob.next()).isEqualTo(new SwapStep.Over(true));
    }

    @Test
    void anOwnLockThatIsRedeemedAndNotReleasedIsGone() {
        agree(9_600, 4_800);
        runUntilAliceWouldRedeem();
        alice.second.offers(
                "redeem",
                new ChannelOperation.Step(
                        alice.swap.lockId(), 0, height(60), HashTimeLock.redeem(SECRET)));
        alice.progress = alice.progress.revealing();
        Side.talk(alice.second, bob.second);
        assertThat(bob.second.standing().position().state().locks()).hasSize(1);

        runUntilQuiet();

        assertThat(alice.next()).isEqualTo(new SwapStep.Over(true));
        assertThat(bob.next()).isEqualTo(new SwapStep.Over(true));
    }

    @Test
    void whateverIsLostBothArePaidOrNone() {
        for (int seed = 0; seed < 200; seed++) {
            SwapRulesTest world = new SwapRulesTest();
            world.agree(9_600, 4_800);
            world.badDay(new SplittableRandom(seed));

            long gain = world.alice.gain();
            assertThat(gain).as("seed " + seed).isIn(0L, -20L);
            assertThat(world.bob.gain()).as("seed " + seed).isEqualTo(-gain);
            assertThat(world.alice.next()).isEqualTo(new SwapStep.Over(gain != 0));
            assertThat(world.bob.next()).isEqualTo(new SwapStep.Over(gain != 0));
        }
    }

    private void badDay(SplittableRandom random) {
        for (int i = 0; i < 60; i++) {
            int choice = random.nextInt(8);
            Side one = choice % 2 == 0 ? alice.first : alice.second;
            Side other = choice % 2 == 0 ? bob.first : bob.second;
            if (choice < 2) {
                alice.act();
            } else if (choice < 4) {
                bob.act();
            } else if (choice < 7) {
                Side.talk(one, other);
            } else {
                Side.reconnect(one, other);
            }
        }
        Side.reconnect(alice.first, bob.first);
        Side.reconnect(alice.second, bob.second);
        runUntilQuiet();
        passBothExpiries();
    }

    @Test
    void aSwapIsReadBackAsItWasStored() {
        agree(9_600, 4_800);

        assertThat(CanonicalReader.decode(alice.swap.encoded(), Swap::readFrom))
                .isEqualTo(alice.swap);
        assertThat(CanonicalReader.decode(bob.swap.encoded(), Swap::readFrom)).isEqualTo(bob.swap);
    }
}
