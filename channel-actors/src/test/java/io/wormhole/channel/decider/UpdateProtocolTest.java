package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateProtocolTest {
    private static final Nonce ONE = new Nonce(1);

    private final Side alice = Side.alice();
    private final Side bob = Side.bob();

    private static ChannelOperation lock(int from, int refundTo, long amount) {
        return new ChannelOperation.Lock(
                1_000, from, Amount.of(amount), refundTo, Toy.CODE, Toy.START, 10, 10);
    }

    private static ChannelOperation step(int sender, int pays) {
        return new ChannelOperation.Step(1_000, sender, BlockHeight.ZERO, Bytes.of((byte) pays));
    }

    @Test
    void aPaymentTakesThreeMessages() {
        alice.pays("cups", 7);

        assertThat(alice.outbox).hasSize(1);
        bob.hears(alice.says());
        alice.hears(bob.says());
        bob.hears(alice.says());

        assertThat(alice.outbox).isEmpty();
        assertThat(bob.outbox).isEmpty();
        assertThat(alice.balance()).isEqualTo(93);
        assertThat(bob.balance()).isEqualTo(107);
        assertThat(alice.proof()).isEqualTo(bob.proof()).isPresent();
        assertThat(alice.proof().get().isSignedUnder(Side.terms(), TestNetwork.ID)).isTrue();
        assertThat(alice.told(Effect.TellCompleted.class)).hasSize(1);
        assertThat(bob.told(Effect.TellPartnerUpdate.class)).hasSize(1);
    }

    @Test
    void aProposalCarriesNoSignature() {
        alice.pays("cups", 7);

        assertThat(alice.outbox.peek()).isInstanceOf(ChannelMessage.Propose.class);
        assertThat(alice.events).hasOnlyElementsOfType(ChannelEvent.UpdateOffered.class);
    }

    @Test
    void wishesThatCrossAreBothServedOneAfterTheOther() {
        alice.pays("a", 1);
        bob.pays("b", 20);

        Side.talk(alice, bob);

        assertThat(alice.standing().nonce()).isEqualTo(new Nonce(2));
        assertThat(alice.balance()).isEqualTo(119);
        assertThat(alice.proof()).isEqualTo(bob.proof());
        assertThat(alice.told(Effect.TellCompleted.class)).hasSize(1);
        assertThat(bob.told(Effect.TellCompleted.class)).hasSize(1);
    }

    @Test
    void aWishThatWaitedAndBecameImpossibleIsDroppedOnce() {
        alice.offers("lock", lock(0, 0, 50));
        Side.talk(alice, bob);
        alice.offers("step", step(0, 60), new ChannelOperation.Pay(0, Amount.of(1)));
        assertThat(alice.refusal).isPresent();
        // Nonce 2 belongs to Alice; Bob's step can no more be when hers has emptied the lock.
        alice.offers("release", new ChannelOperation.Pay(0, Amount.of(1)), step(0, 50));
        bob.offers("step", step(1, 30));

        Side.talk(alice, bob);

        assertThat(bob.told(Effect.TellDropped.class)).hasSize(1);
        assertThat(bob.told(Effect.TellCompleted.class)).isEmpty();
        assertThat(bob.standing().offer()).isEmpty();
        assertThat(alice.proof()).isEqualTo(bob.proof());
    }

    @Test
    void aWishThatWaitedIsHeardWhenTheOtherIsRefused() {
        // Nonce 1 belongs to Bob: Alice's wish is passed over, then Bob's is refused.
        alice.pays("a", 1);
        bob.offers("greedy", new ChannelOperation.Pay(0, Amount.of(5)));

        Side.talk(alice, bob);

        assertThat(bob.told(Effect.TellDropped.class)).hasSize(1);
        assertThat(alice.told(Effect.TellCompleted.class)).hasSize(1);
        assertThat(bob.balance()).isEqualTo(101);
    }

    @Test
    void aSecondOfferWaitsForTheFirst() {
        alice.pays("first", 1).pays("second", 2);

        assertThat(alice.refusal).contains(new Refusal.Busy("first"));
    }

    @Test
    void theSameWishGetsTheSameSignatureAndAnotherGetsNone() {
        ChannelMessage.Propose wish =
                new ChannelMessage.Propose(
                        ONE, Update.of(new ChannelOperation.Pay(0, Amount.of(7))));
        bob.hears(wish).hears(wish);
        ChannelMessage first = bob.says();
        assertThat(bob.says()).isEqualTo(first);

        bob.hears(
                new ChannelMessage.Propose(
                        ONE, Update.of(new ChannelOperation.Pay(0, Amount.of(8)))));

        assertThat(bob.says()).isInstanceOf(ChannelMessage.RefuseUpdate.class);
        assertThat(bob.events).hasSize(1);
    }

    @Test
    void aLateRefusalHitsNoOtherWish() {
        alice.pays("second", 2);

        alice.hears(
                new ChannelMessage.RefuseUpdate(
                        ONE,
                        Update.of(new ChannelOperation.Pay(0, Amount.of(1))).fingerprint(),
                        "late"));

        assertThat(alice.standing().offer()).isPresent();
        assertThat(alice.told(Effect.TellDropped.class)).isEmpty();
    }

    @Test
    void nothingIsTakenFromAPartyThatDoesNotAskForIt() {
        List<ChannelOperation> greedy =
                List.of(
                        new ChannelOperation.Pay(1, Amount.of(1)),
                        lock(1, 1, 1),
                        new ChannelOperation.Step(1, 1, BlockHeight.ZERO, Bytes.EMPTY));

        for (ChannelOperation operation : greedy) {
            bob.hears(new ChannelMessage.Propose(ONE, Update.of(operation)));
            assertThat(bob.refusal).containsInstanceOf(Refusal.OperationRefused.class);
        }
        assertThat(bob.events).isEmpty();
    }

    @Test
    void aStepPaysWhatTheContractSays() {
        alice.offers("lock", lock(0, 0, 50));
        Side.talk(alice, bob);

        bob.offers("deliver", step(1, 20));
        Side.talk(alice, bob);

        assertThat(bob.balance()).isEqualTo(120);
        assertThat(alice.standing().position().state().lock(1_000).get().locked())
                .isEqualTo(Amount.of(30));
    }

    @Test
    void topUpsAreSignedUnderAPermitAlone() {
        alice.does(
                new ChannelAction.MakeOffer(
                        new Offer(
                                "lock",
                                Update.of(lock(0, 0, 10)),
                                Optional.of(new Permit(1_000, Amount.of(10), 1)))));
        Side.talk(alice, bob);
        ChannelOperation topUp = new ChannelOperation.TopUp(1_000, 0, Amount.of(10));
        bob.offers("without a step", topUp);
        Side.talk(alice, bob);
        bob.offers("twice", step(1, 10), topUp, topUp);
        Side.talk(alice, bob);
        assertThat(bob.told(Effect.TellDropped.class)).hasSize(2);

        bob.offers("first", step(1, 10), topUp);
        Side.talk(alice, bob);
        bob.offers("permit used up", step(1, 10), topUp);
        Side.talk(alice, bob);

        assertThat(bob.told(Effect.TellCompleted.class)).hasSize(1);
        assertThat(bob.told(Effect.TellDropped.class)).hasSize(3);
        assertThat(bob.balance()).isEqualTo(110);
    }

    @Test
    void aLockIsReleasedByTheOtherSideOrWhenEmpty() {
        alice.offers("lock", lock(0, 0, 10));
        Side.talk(alice, bob);
        ChannelOperation release = new ChannelOperation.Release(1_000);
        alice.offers("mine", release);
        Side.talk(alice, bob);
        assertThat(alice.told(Effect.TellDropped.class)).hasSize(1);
        bob.offers("all", step(1, 10));
        Side.talk(alice, bob);

        alice.offers("empty", release);
        Side.talk(alice, bob);

        assertThat(alice.standing().position().state().locks()).isEmpty();
    }

    @Test
    void anEmptyLockIsNotFilledAndReleasedAtOnce() {
        bob.does(
                new ChannelAction.MakeOffer(
                        new Offer(
                                "lock",
                                Update.of(lock(1, 0, 0)),
                                Optional.of(new Permit(1_000, Amount.of(10), 5)))));
        Side.talk(alice, bob);

        alice.offers(
                "steal",
                step(0, 0),
                new ChannelOperation.TopUp(1_000, 1, Amount.of(10)),
                new ChannelOperation.Release(1_000));
        Side.talk(alice, bob);

        assertThat(alice.told(Effect.TellDropped.class)).hasSize(1);
        assertThat(bob.balance()).isEqualTo(100);
    }

    @Test
    void aStepAtAHeightFarFromTheChainIsNotSigned() {
        alice.offers("lock", lock(0, 0, 50));
        Side.talk(alice, bob);
        ChannelOperation.Step early =
                new ChannelOperation.Step(1_000, 1, new BlockHeight(899), Bytes.of((byte) 1));
        Tools known =
                new Tools(new UpdateRules(new Toy()), Bob.KEYS)
                        .at(Optional.of(new BlockHeight(1_000)), List.of());

        assertThat(
                        ConsentRules.objection(
                                ((Open) alice.memory()).party(),
                                alice.standing(),
                                Update.of(early),
                                known))
                .isPresent();
        assertThat(
                        ConsentRules.objection(
                                ((Open) alice.memory()).party(),
                                alice.standing(),
                                Update.of(
                                        new ChannelOperation.Step(
                                                1_000,
                                                1,
                                                new BlockHeight(980),
                                                Bytes.of((byte) 1))),
                                known))
                .isEmpty();
    }

    @Test
    void badSignaturesChangeNothing() {
        Signature bad = Mallory.KEYS.sign(DomainTag.CHANNEL_STATE, TestNetwork.ID, Toy.CODE);
        alice.pays("x", 1).hears(new ChannelMessage.Countersign(ONE, bad));
        assertThat(alice.refusal).containsInstanceOf(Refusal.BadSignature.class);
        bob.hears(alice.says()).hears(new ChannelMessage.Acknowledge(ONE, bad));
        assertThat(bob.refusal).containsInstanceOf(Refusal.BadSignature.class);

        assertThat(alice.standing().nonce()).isEqualTo(Nonce.ZERO);
        assertThat(bob.standing().nonce()).isEqualTo(Nonce.ZERO);
    }

    @Test
    void whateverMessageIsLostAReconnectCompletesTheUpdate() {
        for (int lost = 0; lost < 3; lost++) {
            Side a = Side.alice();
            Side b = Side.bob();
            a.pays("cups", 7);
            if (lost > 0) {
                b.hears(a.says());
            }
            if (lost > 1) {
                a.hears(b.says());
            }

            Side.reconnect(a, b);

            assertThat(a.balance()).as("message %d lost", lost).isEqualTo(93);
            assertThat(a.proof()).isEqualTo(b.proof());
            assertThat(a.told(Effect.TellCompleted.class)).hasSize(1);
            assertThat(b.told(Effect.TellPartnerUpdate.class)).hasSize(1);
        }
    }

    @Test
    void aSideThatLostDataSignsNothingAndSaysSo() {
        alice.pays("x", 5);
        Side.talk(alice, bob);
        Side restored = Side.bob();
        restored.pays("y", 1);
        restored.outbox.clear();

        restored.hears(new ChannelMessage.Reestablish(ONE, alice.proof()));

        assertThat(restored.memory()).isInstanceOf(Lost.class);
        assertThat(restored.told(Effect.TellLoss.class)).containsExactly(new Effect.TellLoss(0, 1));
        assertThat(restored.told(Effect.TellDropped.class)).hasSize(1);
        restored.hears(
                new ChannelMessage.Propose(
                        ONE, Update.of(new ChannelOperation.Pay(0, Amount.of(9)))));
        assertThat(restored.outbox).isEmpty();
        assertThat(restored.refusal).containsInstanceOf(Refusal.Behind.class);
    }

    @Test
    void aLossThatIsNotProvenIsNoLoss() {
        bob.hears(new ChannelMessage.Reestablish(new Nonce(5), Optional.empty()));

        assertThat(bob.memory()).isInstanceOf(Open.class);
        assertThat(bob.refusal).isPresent();
    }
}
