package io.wormhole.channel.entity;

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
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;

/** Two sides of a channel as actors, with a journal in memory. */
abstract class EntityPair {
    static final ChannelId CHANNEL = Side.terms().id(TestNetwork.ID);
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final ActorTestKit kit = JournalKit.create();
    final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    final TestProbe<ChannelEntity.Answer> answers = kit.createTestProbe();
    final Party alice = new Party(Alice.KEYS);
    final Party bob = new Party(Bob.KEYS);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    void open() {
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

    ChannelEntity.Done done() {
        while (true) {
            if (answers.receiveMessage(PATIENCE) instanceof ChannelEntity.Done done
                    && done.memory() instanceof Open) {
                return done;
            }
        }
    }

    static ChannelAction pay(String request, int from) {
        return new ChannelAction.MakeOffer(
                new Offer(
                        request,
                        Update.of(new ChannelOperation.Pay(from, Amount.of(1))),
                        Optional.empty()));
    }

    void payOnce(String request) {
        alice.asks(pay(request, 0));
        bob.hears(alice.sent.receiveMessage(PATIENCE));
        alice.hears(bob.sent.receiveMessage(PATIENCE));
        bob.hears(alice.sent.receiveMessage(PATIENCE));
        answers.receiveMessage(PATIENCE);
    }

    final class Party implements ChannelWorld {
        final KeyPair key;
        final TestProbe<ChannelMessage> sent = kit.createTestProbe();
        final Queue<ChannelMessage> spoken = new ConcurrentLinkedQueue<>();
        final TestProbe<String> chain = kit.createTestProbe();
        final TestProbe<Effect> told = kit.createTestProbe();
        volatile CompletableFuture<Done> disk = CompletableFuture.completedFuture(Done.done());
        ActorRef<ChannelEntity.Command> actor;

        Party(KeyPair key) {
            this.key = key;
            this.actor = spawn();
        }

        ActorRef<ChannelEntity.Command> spawn() {
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
