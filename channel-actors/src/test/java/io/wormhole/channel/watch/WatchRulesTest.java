package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.transaction.ChannelTransaction;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchRulesTest {
    private static final ChannelTerms AGAIN = Watching.terms(CloseRule.RESTART_COUNTDOWN);
    private static final ChannelId CHANNEL = AGAIN.id(TestNetwork.ID);
    private static final WatchRules RULES =
            new WatchRules(TestNetwork.ID, Watching.TOWER.address());

    private static WatchRules.Verdict judge(
            PublicKey client, WatchCase held, ChannelEntry entry, long height) {
        return RULES.judge(client, CHANNEL, held, Watching.seen(entry, entry, height));
    }

    private static WatchCase held(long nonce, long alices) {
        return Watching.open(Watching.hold(AGAIN, nonce, alices), AGAIN);
    }

    private static ChannelEntry staleClose() {
        return Watching.closing(AGAIN, Watching.state(AGAIN, 3, 60), 1, 50);
    }

    @Test
    void aStaleCloseIsAnsweredWithWhatIsHeld() {
        WatchRules.Verdict verdict = judge(Alice.KEYS.publicKey(), held(7, 130), staleClose(), 50);

        assertThat(verdict).isInstanceOf(WatchRules.Submit.class);
        ChannelTransaction body = ((WatchRules.Submit) verdict).body();
        assertThat(body).isInstanceOf(ChannelTransaction.ChallengeFor.class);
        assertThat(((ChannelTransaction.ChallengeFor) body).state().nonce().value()).isEqualTo(7);
    }

    @Test
    void aCloseInTheStateThatIsHeldOrANewerOneIsLeftAlone() {
        for (long nonce : List.of(7L, 8L, 900L)) {
            ChannelEntry entry = Watching.closing(AGAIN, Watching.state(AGAIN, nonce, 60), 1, 50);

            assertThat(judge(Alice.KEYS.publicKey(), held(7, 130), entry, 50))
                    .isInstanceOf(WatchRules.Wait.class);
        }
    }

    @ParameterizedTest
    @EnumSource(CloseRule.class)
    void whereAnAnswerEndsTheChannelAtOnceTheOwnNodeGoesFirst(CloseRule rule) {
        ChannelTerms terms = Watching.terms(rule);
        WatchCase held = Watching.open(Watching.hold(terms, 7, 130), terms);
        ChannelEntry entry = Watching.closing(terms, Watching.state(terms, 3, 60), 1, 50);
        ChannelId channel = terms.id(TestNetwork.ID);

        WatchRules.Verdict atOnce =
                RULES.judge(Alice.KEYS.publicKey(), channel, held, Watching.seen(entry, entry, 50));
        long third = terms.countdownBlocks() / 3;
        WatchRules.Verdict early =
                RULES.judge(
                        Alice.KEYS.publicKey(),
                        channel,
                        held,
                        Watching.seen(entry, entry, 49 + third));
        WatchRules.Verdict next =
                RULES.judge(
                        Alice.KEYS.publicKey(),
                        channel,
                        held,
                        Watching.seen(entry, entry, 50 + third));

        assertThat(atOnce instanceof WatchRules.Wait).isEqualTo(rule == CloseRule.CLOSE_AT_ONCE);
        assertThat(early instanceof WatchRules.Wait).isEqualTo(rule == CloseRule.CLOSE_AT_ONCE);
        assertThat(next).isInstanceOf(WatchRules.Submit.class);
    }

    @Test
    void anOwnAnswerIsSettledWhenTheCountdownIsOver() {
        WatchCase held = held(7, 130);
        ChannelEntry answered = Watching.closing(AGAIN, held.state(), 0, 51);
        long end = answered.closesAt().value();

        assertThat(judge(Alice.KEYS.publicKey(), held, answered, end - 1))
                .isInstanceOf(WatchRules.Wait.class);
        assertThat(judge(Alice.KEYS.publicKey(), held, answered, end))
                .isInstanceOf(WatchRules.Submit.class);
    }

    @Test
    void whatIsClosedForGoodIsOver() {
        ChannelEntry closing = staleClose();
        ChannelEntry closed =
                new ChannelEntry(
                        AGAIN,
                        ChannelEntry.Phase.CLOSED,
                        closing.recorded(),
                        closing.agreed(),
                        1,
                        closing.closesAt(),
                        new BlockHeight(60));

        assertThat(judge(Alice.KEYS.publicKey(), held(7, 130), closed, 61))
                .isInstanceOf(WatchRules.Over.class);
        assertThat(
                        RULES.judge(
                                Alice.KEYS.publicKey(),
                                CHANNEL,
                                held(7, 130),
                                Watching.seen(closed, closing, 61)))
                .isInstanceOf(WatchRules.Wait.class);
        assertThat(
                        RULES.judge(
                                Alice.KEYS.publicKey(),
                                CHANNEL,
                                held(7, 130),
                                new ChannelAction.ChainSeen(
                                        Optional.empty(),
                                        Optional.empty(),
                                        BlockHeight.ZERO,
                                        BlockHeight.ZERO)))
                .isInstanceOf(WatchRules.Wait.class);
    }

    @Test
    void whatTheChainWouldRefuseCostsNoFee() {
        WatchCase good = held(7, 130);
        CoSignedState state = good.state();
        WatchCase unsigned =
                new WatchCase(
                        0,
                        good.appointment(),
                        0,
                        new CoSignedState(
                                state.state(),
                                List.of(state.signatures().get(0), state.signatures().get(0))));
        WatchCase notAppointed = new WatchCase(0, state.signatures().get(0), 0, state);
        WatchCase ofTheOther = new WatchCase(1, good.appointment(), 0, state);

        for (WatchCase bad : List.of(unsigned, notAppointed, ofTheOther)) {
            assertThat(judge(Alice.KEYS.publicKey(), bad, staleClose(), 50))
                    .isInstanceOf(WatchRules.Worthless.class);
        }
        // Anybody can seal something for a channel that it knows.
        assertThat(judge(Bob.KEYS.publicKey(), good, staleClose(), 50))
                .isInstanceOf(WatchRules.Worthless.class);
    }

    @Test
    void whatIsSealedOpensForItsChannelAloneAndUnchangedAlone() {
        WatchMessage.Hold hold = Watching.hold(AGAIN, 7, 130);
        ChannelId other = Watching.terms(CloseRule.CLOSE_AT_ONCE).id(TestNetwork.ID);
        byte[] changed = hold.sealed().toArray();
        changed[40] ^= 1;

        assertThat(Watching.open(hold, AGAIN).state()).isEqualTo(Watching.state(AGAIN, 7, 130));
        assertThat(hold.sealed().size() % 512).isZero();
        assertThat(Watching.hold(AGAIN, 7, 130).sealed()).isNotEqualTo(hold.sealed());
        assertThatThrownBy(() -> WatchSeal.open(other, 0, hold.sealed()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WatchSeal.open(CHANNEL, 1, hold.sealed()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WatchSeal.open(CHANNEL, 0, Bytes.of(changed)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void garbageOpensAsNothingAndNeverAsAFault() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] garbage = new byte[random.nextInt(700)];
            random.nextBytes(garbage);
            if (garbage.length > 0 && i % 2 == 0) {
                garbage[0] = 1;
            }

            assertThatThrownBy(() -> WatchSeal.open(CHANNEL, 0, Bytes.of(garbage)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
