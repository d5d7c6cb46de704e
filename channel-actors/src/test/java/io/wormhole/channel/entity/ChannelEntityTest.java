package io.wormhole.channel.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.decider.Toy;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChannelEntityTest {
    private static final ChannelId CHANNEL = Side.terms().id(TestNetwork.ID);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorTestKit kit =
            ActorTestKit.create(
                    PersistenceTestKitPlugin.getInstance()
                            .config()
                            .withFallback(PersistenceTestKitSnapshotPlugin.config())
                            .withFallback(ConfigFactory.load()));
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final TestProbe<ChannelEntity.Answer> answers = kit.createTestProbe();
    private final Party alice = new Party(Alice.KEYS);
    private final Party bob = new Party(Bob.KEYS);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private void open() {
        alice.asks(new ChannelAction.Open(TestNetwork.ID, Side.terms()));
        ChannelMessage.OpenRequest request =
                (ChannelMessage.OpenRequest) alice.sent.receiveMessage(PATIENCE);
        bob.asks(new ChannelAction.Agree(TestNetwork.ID, request));
        alice.hears(bob.sent.receiveMessage(PATIENCE));
        for (Party party : new Party[] {alice, bob}) {
            party.actor.tell(
                    new ChannelEntity.Perform(
                            Side.chain(3, Side.entry(ChannelEntry.Phase.OPEN, Optional.empty())),
                            answers.ref()));
            ((Open) done().memory()).party();
            party.sent.expectMessageClass(ChannelMessage.Reestablish.class);
            party.spoken.clear();
        }
    }

    private ChannelEntity.Done done() {
        while (true) {
            if (answers.receiveMessage(PATIENCE) instanceof ChannelEntity.Done done
                    && done.memory() instanceof Open) {
                return done;
            }
        }
    }

    private static ChannelAction pay(String request, int from) {
        return new ChannelAction.MakeOffer(
                new Offer(
                        request,
                        Update.of(new ChannelOperation.Pay(from, Amount.of(1))),
                        Optional.empty()));
    }

    private void payOnce(String request) {
        alice.asks(pay(request, 0));
        bob.hears(alice.sent.receiveMessage(PATIENCE));
        alice.hears(bob.sent.receiveMessage(PATIENCE));
        bob.hears(alice.sent.receiveMessage(PATIENCE));
        answers.receiveMessage(PATIENCE);
    }

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
                                "CloseTogether is not possible while the channel is absent"));
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

    private ChannelEntity.Request request(String name, long amount) {
        return new ChannelEntity.Request(
                name, Update.of(new ChannelOperation.Pay(0, Amount.of(amount))), answers.ref());
    }

    // Delivers until both have nothing more to say.
    private void talk() {
        boolean quiet = false;
        while (!quiet) {
            Optional<ChannelMessage> fromAlice = alice.said();
            fromAlice.ifPresent(bob::hears);
            Optional<ChannelMessage> fromBob = bob.said();
            fromBob.ifPresent(alice::hears);
            quiet = fromAlice.isEmpty() && fromBob.isEmpty();
        }
    }

    private List<ChannelEntity.Answer> answers(int count) {
        return answers.receiveSeveralMessages(count, PATIENCE);
    }

    @Test
    void requestsThatWaitRideTogether() {
        open();

        for (int i = 0; i < 50; i++) {
            alice.actor.tell(request("cup" + i, 1));
        }
        talk();

        assertThat(answers(50))
                .contains(
                        new ChannelEntity.Completed("cup0", new Nonce(1)),
                        new ChannelEntity.Completed("cup1", new Nonce(2)),
                        new ChannelEntity.Completed("cup49", new Nonce(2)));
        assertThat(bob.memory().standing().nonce()).isEqualTo(new Nonce(2));
        assertThat(bob.memory().standing().proof()).isEqualTo(alice.memory().standing().proof());
    }

    @Test
    void aRequestThatCannotBeIsRefusedAloneAndTheOthersAreDone() {
        open();

        alice.actor.tell(request("first", 1));
        for (int i = 0; i < 9; i++) {
            alice.actor.tell(request("cup" + i, i == 5 ? 1_000_000 : 1));
        }
        talk();

        assertThat(answers(10))
                .filteredOn(ChannelEntity.Refused.class::isInstance)
                .singleElement()
                .asString()
                .contains("0.001 needed");
        assertThat(bob.memory().standing().position().state().balances().get(0))
                .isEqualTo(
                        alice.memory()
                                .party()
                                .terms()
                                .participants()
                                .get(0)
                                .deposit()
                                .minus(Amount.of(9)));
    }

    @Test
    void aBatchThatThePartnerDoesNotWantIsTriedInHalves() {
        open();
        // Bob's consent is needed for one of them alone.
        ChannelEntity.Request greedy =
                new ChannelEntity.Request(
                        "greedy",
                        Update.of(new ChannelOperation.Pay(1, Amount.of(5))),
                        answers.ref());

        alice.actor.tell(request("first", 1));
        alice.actor.tell(request("second", 1));
        alice.actor.tell(greedy);
        alice.actor.tell(request("third", 1));
        talk();

        assertThat(answers(4))
                .filteredOn(ChannelEntity.Refused.class::isInstance)
                .singleElement()
                .asString()
                .contains("only participant 1 can pay");
        assertThat(alice.memory().standing().offer()).isEmpty();
    }

    @Test
    void aRequestAskedAgainWhileItWaitsIsDoneOnce() {
        open();

        alice.actor.tell(request("first", 1));
        alice.actor.tell(request("cup", 1));
        alice.actor.tell(request("cup", 1));
        talk();

        assertThat(answers(2))
                .containsExactly(
                        new ChannelEntity.Completed("first", new Nonce(1)),
                        new ChannelEntity.Completed("cup", new Nonce(2)));
        answers.expectNoMessage();
    }

    @Test
    void whatWaitsForAChannelThatClosesIsRefused() {
        open();

        alice.actor.tell(request("first", 1));
        alice.actor.tell(request("second", 1));
        alice.asks(new ChannelAction.Dispute(Optional.empty()));

        assertThat(answers(3)).filteredOn(ChannelEntity.Refused.class::isInstance).hasSize(2);
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

    private final class Party implements ChannelWorld {
        private final KeyPair key;
        private final TestProbe<ChannelMessage> sent = kit.createTestProbe();
        private final Queue<ChannelMessage> spoken = new ConcurrentLinkedQueue<>();
        private final TestProbe<String> chain = kit.createTestProbe();
        private final TestProbe<Effect> told = kit.createTestProbe();
        private volatile CompletableFuture<Done> disk =
                CompletableFuture.completedFuture(Done.done());
        private ActorRef<ChannelEntity.Command> actor;

        Party(KeyPair key) {
            this.key = key;
            this.actor = spawn();
        }

        private ActorRef<ChannelEntity.Command> spawn() {
            return kit.spawn(
                    ChannelEntity.create(
                            CHANNEL, new Tools(new UpdateRules(new Toy()), key), this));
        }

        void restart() {
            kit.stop(actor);
            actor = spawn();
        }

        String persistenceId() {
            return "channel|" + CHANNEL + "~" + key.address();
        }

        void asks(ChannelAction action) {
            actor.tell(new ChannelEntity.Perform(action, answers.ref()));
        }

        void hears(ChannelMessage message) {
            PublicKey partner = (key == Alice.KEYS ? Bob.KEYS : Alice.KEYS).publicKey();
            actor.tell(
                    new ChannelEntity.PartnerDid(
                            partner, List.of(new ChannelAction.Hear(message))));
        }

        Optional<ChannelMessage> said() {
            // The actor has answered this after all that it was told before.
            memory();
            return Optional.ofNullable(spoken.poll());
        }

        Open memory() {
            TestProbe<ChannelMemory> probe = kit.createTestProbe();
            actor.tell(new ChannelEntity.Inspect(probe.ref()));
            return (Open) probe.receiveMessage(PATIENCE);
        }

        @Override
        public void send(PublicKey partner, ChannelId channel, List<ChannelMessage> messages) {
            messages.forEach(sent.ref()::tell);
            spoken.addAll(messages);
        }

        @Override
        public void submit(ChannelId channel, Effect.Submit transaction) {
            chain.ref().tell(transaction.purpose());
        }

        @Override
        public void attend(ChannelId channel) {
            chain.ref().tell("attend");
        }

        @Override
        public void rest(ChannelId channel) {
            chain.ref().tell("rest");
        }

        @Override
        public Optional<BlockHeight> height() {
            return Optional.empty();
        }

        @Override
        public List<Hash> answers() {
            return List.of();
        }

        @Override
        public CompletionStage<Done> durable() {
            return disk;
        }

        @Override
        public void tell(ChannelId channel, Effect notice) {
            if (notice instanceof Effect.TellPartnerUpdate) {
                told.ref().tell(notice);
            }
        }
    }
}
