package io.wormhole.channel.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Side;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChannelEntityTest extends EntityPair {
    @Test
    void twoActorsOpenAndPay() {
        open();

        payOnce("cups");

        assertThat(bob.memory().standing().nonce()).isEqualTo(new Nonce(1));
        assertThat(bob.memory().standing().proof()).isEqualTo(alice.memory().standing().proof());
    }

    @Test
    void aSignatureIsDurableBeforeItLeaves() {
        open();
        journal.failNextPersisted(bob.persistenceId());
        alice.asks(pay("cups", 0));
        ChannelMessage wish = alice.sent.receiveMessage(PATIENCE);

        bob.hears(wish);

        bob.sent.expectNoMessage(Duration.ofMillis(100));
        bob.restart();
        bob.sent.expectMessageClass(ChannelMessage.Reestablish.class);
        bob.hears(wish);
        assertThat(bob.sent.receiveMessage(PATIENCE))
                .isInstanceOf(ChannelMessage.Countersign.class);
    }

    @Test
    void nobodyButThePartnerIsToldBeforeItIsDurable() {
        open();
        bob.disk = new CompletableFuture<>();

        payOnce("cups");

        assertThat(bob.memory().standing().nonce()).isEqualTo(new Nonce(1));
        bob.told.expectNoMessage(Duration.ofMillis(100));
        bob.disk.complete(Done.done());
        bob.told.expectMessageClass(Effect.TellPartnerUpdate.class);
    }

    @Test
    void whatIsStoredForCertainIsToldWithAllBeforeIt() {
        open();
        bob.disk = new CompletableFuture<>();
        payOnce("cups");

        // Bob signs the next, which is on his disk with the end of the first before it leaves.
        alice.asks(pay("more", 0));
        bob.hears(alice.sent.receiveMessage(PATIENCE));

        bob.sent.expectMessageClass(ChannelMessage.Countersign.class);
        bob.told.expectMessageClass(Effect.TellPartnerUpdate.class);
        bob.disk.complete(Done.done());
        assertThat(bob.memory().standing().pending()).isPresent();
        bob.told.expectNoMessage(Duration.ofMillis(100));
    }

    @Test
    void afterARestartTheSameBytesAreSentAgain() {
        open();
        alice.asks(pay("cups", 0));
        bob.hears(alice.sent.receiveMessage(PATIENCE));
        ChannelMessage signed = bob.sent.receiveMessage(PATIENCE);

        bob.restart();

        bob.sent.expectMessageClass(ChannelMessage.Reestablish.class);
        assertThat(bob.sent.receiveMessage(PATIENCE)).isEqualTo(signed);
    }

    @Test
    void strangersAreNotHeard() {
        open();

        alice.actor.tell(
                new ChannelEntity.PartnerDid(
                        Mallory.KEYS.publicKey(), List.of(new ChannelAction.Connected())));

        alice.sent.expectNoMessage(Duration.ofMillis(100));
    }

    @Test
    void aRefusalIsAnsweredWithItsReason() {
        alice.asks(new ChannelAction.CloseTogether());

        assertThat(answers.receiveMessage(PATIENCE))
                .isEqualTo(
                        new ChannelEntity.Refused(
                                "closing together is not possible while the channel is absent"));
    }

    @Test
    void recoveryStartsFromASnapshot() {
        open();
        for (int i = 0; i < 90; i++) {
            payOnce("p" + i);
        }
        ChannelMemory before = bob.memory();
        SnapshotTestKit snapshots = SnapshotTestKit.create(kit.system());
        assertThat(snapshots.persistedInStorage(bob.persistenceId())).isNotEmpty();
        // Only what came after the snapshot is needed.
        bob.restart();

        assertThat(bob.memory()).isEqualTo(before);
    }

    @Test
    void onlyAChannelThatWaitsForTheChainIsAttended() {
        alice.asks(new ChannelAction.Open(TestNetwork.ID, Side.terms()));
        assertThat(alice.chain.receiveMessage(PATIENCE)).isEqualTo("attend");
        open0();

        alice.chain.fishForMessage(
                PATIENCE,
                said ->
                        said.equals("rest")
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore());
    }

    private void open0() {
        ChannelMessage.OpenRequest request =
                (ChannelMessage.OpenRequest) alice.sent.receiveMessage(PATIENCE);
        bob.asks(new ChannelAction.Agree(TestNetwork.ID, request));
        alice.hears(bob.sent.receiveMessage(PATIENCE));
        ChannelAction.ChainSeen seen =
                Side.chain(3, Side.entry(ChannelEntry.Phase.OPEN, Optional.empty()));
        alice.asks(seen);
        alice.asks(seen);
    }
}
