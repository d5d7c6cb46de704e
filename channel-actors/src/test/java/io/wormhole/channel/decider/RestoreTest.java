package io.wormhole.channel.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private final List<ChannelMemory> copies = new ArrayList<>();
    private Side bob = Side.bob();
    private Side alice = Side.alice();

    private void forget() {
        copies.clear();
        bob = Side.bob();
        alice = Side.alice();
    }

    /** A copy of Alice's data is taken after every event of her history. */
    private void history(int updates) {
        copies.add(alice.memory());
        for (int i = 0; i < updates; i++) {
            Side payer = i % 3 == 0 ? bob : alice;
            payer.pays("p" + i, 1 + i % 4);
            Side.talk(alice, bob);
            copies.add(alice.memory());
        }
    }

    private Side restored(ChannelMemory copy) {
        UpdateRules rules = new UpdateRules(new Toy());
        Side side = new Side(Alice.KEYS, SnapshotCodec.decode(SnapshotCodec.encode(copy), rules));
        return side.does(new ChannelAction.Restored());
    }

    @Test
    void everyEarlierCopyOfALongHistoryIsSafeToRestore() {
        history(300);
        long balance = alice.balance();
        for (ChannelMemory copy : copies) {
            Side side = restored(copy);
            Side partner = new Side(io.wormhole.protocol.fixtures.Bob.KEYS, bob.memory());

            // Before the partner has spoken nothing is signed, and nothing published.
            side.pays("x", 1);
            assertThat(side.refusal).containsInstanceOf(Refusal.InDoubt.class);
            side.does(new ChannelAction.Dispute(Optional.empty()));
            assertThat(side.refusal).containsInstanceOf(Refusal.InDoubt.class);
            assertThat(side.told(Effect.Submit.class)).isEmpty();
            assertThat(side.outbox).isEmpty();

            Side.reconnect(side, partner);
            if (side.memory() instanceof Lost lost) {
                // It says that it is behind, and closes with the newest state alone.
                assertThat(side.told(Effect.TellLoss.class)).hasSize(1);
                side.does(new ChannelAction.Dispute(Optional.empty()));
                side.does(Side.chain(50, Side.entry(ChannelEntry.Phase.OPEN, Optional.empty())));
                assertThat(side.submits()).contains("close-solo");
                assertThat(lost.proof().state().balances().get(0).baseUnits()).isEqualTo(balance);
            } else {
                assertThat(side.balance()).isEqualTo(balance);
                side.pays("goes on", 1);
                Side.talk(side, partner);
                assertThat(side.balance()).isEqualTo(balance - 1);
            }
        }
    }

    @Test
    void aStaleCloseIsAnsweredFromACopyThatKnowsBetter() {
        history(4);
        Side side = restored(alice.memory());

        side.does(Side.tentative(21, Side.entry(ChannelEntry.Phase.CLOSING, Optional.empty())));

        assertThat(side.submits()).containsExactly("challenge-4");
    }

    @Test
    void theOwnerMayTrustTheCopyWhenThePartnerNeverComesBack() {
        history(4);
        Side side = restored(alice.memory());

        side.does(new ChannelAction.Trust()).does(new ChannelAction.Dispute(Optional.empty()));

        assertThat(side.memory()).isInstanceOf(Disputed.class);
    }

    /** Bob has signed a wish of Alice's that no copy of hers knows. */
    private Side forgetsHerWish() {
        history(3);
        ChannelMemory before = alice.memory();
        alice.pays("forgotten", 7);
        bob.hears(alice.says());
        bob.outbox.clear();
        return restored(before);
    }

    @Test
    void aForgottenWishThatThePartnerSignedIsPassedOver() {
        Side side = forgetsHerWish();
        long balance = side.balance();

        Side.reconnect(side, bob);

        assertThat(side.standing().nonce().value()).isEqualTo(5);
        assertThat(side.balance()).isEqualTo(balance);
        assertThat(side.proof()).isEqualTo(bob.proof()).isPresent();
        assertThat(bob.standing().pending()).isEmpty();
        side.pays("goes on", 2);
        Side.talk(side, bob);
        assertThat(side.balance()).isEqualTo(balance - 2);
        assertThat(bob.standing().nonce().value()).isEqualTo(6);
    }

    @Test
    void whateverMessageIsLostAForgottenWishIsPassedOver() {
        for (int lost = 0; lost < 4; lost++) {
            Side side = forgetsHerWish();
            Side.reconnect(side, bob, lost);
            Side.reconnect(side, bob);

            assertThat(side.standing().nonce().value()).as("after %d", lost).isEqualTo(5);
            assertThat(side.proof()).isEqualTo(bob.proof());
            assertThat(bob.standing().pending()).isEmpty();
            forget();
        }
    }

    @Test
    void anotherWishGivesWayToTheForgottenOne() {
        Side side = forgetsHerWish();
        Side.reconnect(side, bob, 0);
        side.does(new ChannelAction.Trust()).pays("another", 3);

        Side.talk(side, bob);

        assertThat(side.told(Effect.TellDropped.class)).hasSize(1);
        assertThat(side.proof()).isEqualTo(bob.proof());
        assertThat(bob.standing().pending()).isEmpty();
    }

    @Test
    void aSkipOfAnotherDivisionIsRefused() {
        Side side = forgetsHerWish();
        side.does(new ChannelAction.Trust());

        bob.hears(
                new ChannelMessage.Countersign(
                        new Nonce(5), side.proof().orElseThrow().signatures().get(0)));

        assertThat(bob.refusal).containsInstanceOf(Refusal.BadSignature.class);
        assertThat(bob.standing().pending()).isPresent();
    }

    @Test
    void aSideThatIsBehindGoesOnFromTheProvenStateWhenItsOwnerTrustsThePartner() {
        history(6);
        Side side = restored(copies.get(2));
        Side.reconnect(side, bob);
        assertThat(side.memory()).isInstanceOf(Lost.class);

        side.does(new ChannelAction.Trust());
        side.pays("goes on", 1);
        Side.reconnect(side, bob);

        assertThat(side.standing().nonce().value()).isEqualTo(7);
        assertThat(side.proof()).isEqualTo(bob.proof());
    }

    @Test
    void aSideThatDoesNotKnowTheContractsOfTheProvenStateDoesNotGoOn() {
        history(2);
        alice.offers(
                "lock",
                new ChannelOperation.Lock(9, 0, Amount.of(5), 0, Toy.CODE, Toy.START, 10, 10));
        Side.talk(alice, bob);
        Side side = restored(copies.get(1));
        Side.reconnect(side, bob);

        side.does(new ChannelAction.Trust());

        assertThat(side.refusal).containsInstanceOf(Refusal.ContractsUnknown.class);
        assertThat(side.memory()).isInstanceOf(Lost.class);
    }

    @Test
    void aCopyTakesThePlaceOfNothingAndOfWhatIsOlder() {
        history(5);
        for (ChannelMemory older : List.of(new Absent(), copies.get(0), copies.get(4))) {
            Side side = new Side(Alice.KEYS, older);

            side.does(new ChannelAction.TakeBack((KnownChannel) copies.get(5)));

            assertThat(side.memory()).isEqualTo(((Open) copies.get(5)).inDoubt());
            assertThat(side.told(Effect.TellDoubt.class)).hasSize(1);
        }
    }

    @Test
    void anOlderCopyReplacesNothingButArousesDoubt() {
        history(5);
        Side side = new Side(Alice.KEYS, copies.get(4));

        side.does(new ChannelAction.TakeBack((KnownChannel) copies.get(3)));

        assertThat(side.memory()).isEqualTo(((Open) copies.get(4)).inDoubt());
    }

    @Test
    void aCopyOfAnotherSideIsRefused() {
        Side side = new Side(Alice.KEYS, new Absent());

        side.does(new ChannelAction.TakeBack((KnownChannel) bob.memory()));

        assertThat(side.refusal).containsInstanceOf(Refusal.WrongParty.class);
    }

    @Test
    void doubtSurvivesARestart() {
        history(1);
        Side side = restored(alice.memory());
        UpdateRules rules = new UpdateRules(new Toy());

        ChannelMemory again = SnapshotCodec.decode(SnapshotCodec.encode(side.memory()), rules);

        assertThat(again).isEqualTo(side.memory());
        assertThat(((Open) again).doubtful()).isTrue();
    }
}
