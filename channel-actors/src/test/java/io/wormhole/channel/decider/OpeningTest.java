package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final ChannelAction.ChainSeen NOTHING =
            new ChannelAction.ChainSeen(
                    Optional.empty(), Optional.empty(), BlockHeight.ZERO, BlockHeight.ZERO);
    private static final ChannelEntry ON_CHAIN =
            Side.entry(ChannelEntry.Phase.OPEN, Optional.empty());

    private final Side alice = new Side(Alice.KEYS, new Absent());
    private final Side bob = new Side(Bob.KEYS, new Absent());

    private void agree() {
        alice.does(new ChannelAction.Open(TestNetwork.ID, Side.terms()));
        bob.does(
                new ChannelAction.Agree(TestNetwork.ID, (ChannelMessage.OpenRequest) alice.says()));
        Side.talk(alice, bob);
    }

    @Test
    void theOpenerPublishesWhenBothHaveSigned() {
        agree();

        assertThat(alice.memory()).isInstanceOf(Agreed.class);
        assertThat(bob.memory()).isInstanceOf(Agreed.class);
        assertThat(alice.submits()).containsExactly("open");
        assertThat(bob.submits()).isEmpty();
    }

    @Test
    void aChannelIsUsableWhenItsOpeningIsFinal() {
        agree();
        alice.does(
                new ChannelAction.ChainSeen(
                        Optional.of(ON_CHAIN),
                        Optional.empty(),
                        BlockHeight.ZERO.plus(3),
                        BlockHeight.ZERO));
        assertThat(alice.memory()).isInstanceOf(Agreed.class);

        alice.does(Side.chain(3, ON_CHAIN));

        assertThat(alice.memory()).isInstanceOf(Open.class);
        assertThat(alice.told(Effect.TellReady.class)).hasSize(1);
    }

    @Test
    void anOpeningThatFellOutIsPublishedAgain() {
        agree();
        alice.effects.clear();

        alice.does(NOTHING);

        assertThat(alice.submits()).containsExactly("open");
    }

    @Test
    void whoSeesTheOpeningLateAsksForWhatWasSaidMeanwhile() {
        agree();
        alice.does(Side.chain(3, ON_CHAIN));
        alice.pays("early", 5);
        Side.talk(alice, bob);
        assertThat(bob.memory()).isInstanceOf(Agreed.class);

        bob.does(Side.chain(3, ON_CHAIN));
        Side.talk(alice, bob);

        assertThat(bob.balance()).isEqualTo(105);
        assertThat(alice.balance()).isEqualTo(95);
    }

    @Test
    void aChannelThatOpenedAndClosedWhileWeSleptEnds() {
        agree();

        alice.does(Side.chain(9, Side.entry(ChannelEntry.Phase.CLOSED, Optional.empty())));

        assertThat(alice.memory()).isInstanceOf(Ended.class);
    }

    @Test
    void aRequestWithoutAnswerIsSaidAgain() {
        alice.does(new ChannelAction.Open(TestNetwork.ID, Side.terms()));
        ChannelMessage first = alice.says();

        alice.does(new ChannelAction.Connected()).does(NOTHING);

        assertThat(alice.outbox).containsExactly(first, first);
    }

    @Test
    void anAgreementThatWasLostIsSaidAgain() {
        alice.does(new ChannelAction.Open(TestNetwork.ID, Side.terms()));
        ChannelMessage.OpenRequest request = (ChannelMessage.OpenRequest) alice.says();
        bob.does(new ChannelAction.Agree(TestNetwork.ID, request));
        ChannelMessage lost = bob.says();

        bob.does(new ChannelAction.Agree(TestNetwork.ID, request));

        assertThat(bob.outbox).containsExactly(lost);
    }

    @Test
    void refusedTermsAreRememberedSinceThePartnerCanStillPublishThem() {
        alice.does(new ChannelAction.Open(TestNetwork.ID, Side.terms()));
        alice.hears(new ChannelMessage.OpenRefused("no"))
                .hears(new ChannelMessage.OpenRefused("no"));
        assertThat(alice.told(Effect.TellOpenFailed.class)).hasSize(1);
        assertThat(alice.memory().awaitsChain()).isFalse();

        alice.does(Side.chain(3, ON_CHAIN));

        assertThat(alice.memory()).isInstanceOf(Open.class);
    }

    @Test
    void theOwnerHearsThatTheChainDoesNotTakeTheOpening() {
        agree();

        alice.does(new ChannelAction.NotTaken("open", "funds-too-low"));

        assertThat(alice.told(Effect.TellOpenFailed.class))
                .containsExactly(new Effect.TellOpenFailed("funds-too-low"));
        assertThat(alice.memory()).isInstanceOf(Agreed.class);
    }

    @Test
    void nobodySignsTermsWithABadSignatureOrOfOthers() {
        bob.does(
                new ChannelAction.Agree(
                        TestNetwork.ID,
                        new ChannelMessage.OpenRequest(
                                Side.terms(),
                                Mallory.KEYS.sign(
                                        DomainTag.CHANNEL_TERMS,
                                        TestNetwork.ID,
                                        Side.terms().encoded()))));
        assertThat(bob.refusal).containsInstanceOf(Refusal.BadSignature.class);

        Side mallory = new Side(Mallory.KEYS, new Absent());
        mallory.does(new ChannelAction.Open(TestNetwork.ID, Side.terms()));

        assertThat(mallory.refusal).containsInstanceOf(Refusal.WrongParty.class);
        assertThat(mallory.events).isEmpty();
    }

    @Test
    void anAgreementUnderAnotherNetworkIsRefused() {
        alice.does(new ChannelAction.Open(TestNetwork.ID, Side.terms()));

        alice.hears(
                new ChannelMessage.OpenAgreed(
                        Bob.KEYS.sign(
                                DomainTag.CHANNEL_TERMS,
                                TestNetwork.OTHER,
                                Side.terms().encoded())));

        assertThat(alice.refusal).containsInstanceOf(Refusal.BadSignature.class);
    }

    @Test
    void whatDoesNotFitThePhaseIsRefusedByName() {
        List<ChannelAction> actions =
                List.of(
                        new ChannelAction.CloseTogether(),
                        new ChannelAction.Dispute(Optional.empty()),
                        new ChannelAction.Hear(
                                new ChannelMessage.Reestablish(Nonce.ZERO, Optional.empty())));

        for (ChannelAction action : actions) {
            alice.does(action);
            assertThat(alice.refusal).containsInstanceOf(Refusal.NotInPhase.class);
            assertThat(alice.refusal.get().message()).contains("absent");
        }
    }
}
