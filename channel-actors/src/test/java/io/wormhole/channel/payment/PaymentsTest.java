package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.entity.JournalKit;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.Route;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PaymentsTest {
    private static final BlockHeight HEIGHT = new BlockHeight(1_000);
    private static final Bytes SECRET = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
    private static final String ENTITY = "payments|" + Alice.ADDRESS;

    private final ActorTestKit kit = JournalKit.create();
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final OneChannel world = new OneChannel();
    private final ActorRef<Payments.Command> payments =
            kit.spawn(
                    Payments.create(
                            new PaymentEntity.Owner(
                                    Alice.KEYS.publicKey(), PaymentSettings.defaults(true)),
                            world));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** A channel with Bob, who refuses every lock. */
    private static final class OneChannel implements PaymentWorld {
        private final Open open =
                (Open)
                        Side.open(
                                        Alice.KEYS,
                                        new ChannelTerms(
                                                List.of(
                                                        new Participant(
                                                                Alice.KEYS.publicKey(),
                                                                Amount.of(1_000)),
                                                        new Participant(
                                                                Bob.KEYS.publicKey(),
                                                                Amount.of(1_000))),
                                                1_000,
                                                CloseRule.CLOSE_AT_ONCE,
                                                Amount.ZERO,
                                                Hash.of(DomainTag.GENESIS, Bytes.EMPTY)),
                                        0)
                                .memory();

        /** Completes when the searching may go on. */
        private final CompletableFuture<Boolean> mayFind = new CompletableFuture<>();

        private final CompletableFuture<Boolean> searched = new CompletableFuture<>();

        @Override
        public CompletionStage<PaymentInput.ChannelSeen> look(ChannelId channel) {
            return CompletableFuture.completedFuture(
                    new PaymentInput.ChannelSeen(channel, open, Optional.empty()));
        }

        @Override
        public CompletionStage<List<PaymentInput.Answer>> ask(
                ChannelId channel, List<PaymentEffect.Ask> requests) {
            return CompletableFuture.completedFuture(
                    requests.stream()
                            .<PaymentInput.Answer>map(
                                    ask -> new PaymentInput.Answer.Refused("Bob wants no lock"))
                            .toList());
        }

        @Override
        public void force(ChannelId channel, ForcedStep step) {
            throw new AssertionError("nobody closes alone");
        }

        @Override
        public void say(PublicKey partner, List<RelayMessage> messages) {}

        @Override
        public CompletionStage<List<Route>> routes(PaymentEffect.RouteWish wish) {
            searched.complete(true);
            AnnouncedChannel way =
                    new AnnouncedChannel(
                            open.party().id(),
                            Alice.KEYS.publicKey(),
                            Bob.KEYS.publicKey(),
                            Amount.of(1_000),
                            Amount.ZERO,
                            0,
                            1);
            Route.Leg leg = new Route.Leg(way, wish.amount(), HEIGHT.plus(100));
            return mayFind.thenApply(
                    now -> wish.avoided().isEmpty() ? List.of(new Route(List.of(leg))) : List.of());
        }

        @Override
        public CompletionStage<List<Bytes>> secrets(List<Hash> transactions) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void follow(Optional<BlockHeight> from, Consumer<PaymentInput> told) {
            told.accept(new PaymentInput.FinalSeen(HEIGHT));
            for (int i = 0; i < 3; i++) {
                told.accept(new PaymentInput.BlockSeen(HEIGHT, Map.of()));
            }
        }
    }

    private static Invoice invoice() {
        return Invoice.of(
                new Invoice.Terms(
                        TestNetwork.ID,
                        Amount.of(30),
                        HashTimeLock.hashOf(SECRET),
                        HEIGHT.plus(300),
                        60,
                        ""),
                Bob.KEYS);
    }

    private void give(PaymentInput input) {
        payments.tell(new Payments.Give(input));
    }

    private CompletableFuture<OutgoingPayment> pay() {
        CompletableFuture<OutgoingPayment> over = new CompletableFuture<>();
        give(
                new PaymentInput.Pay(
                        invoice(),
                        Amount.of(10),
                        Optional.empty(),
                        new PaymentInput.PaymentListener() {
                            @Override
                            public void over(OutgoingPayment payment) {
                                over.complete(payment);
                            }

                            @Override
                            public void refused(String reason) {
                                over.completeExceptionally(new PaymentNotPossible(reason));
                            }
                        }));
        return over;
    }

    private CompletableFuture<Boolean> issue() {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        Bytes bytes = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
        Invoice own =
                Invoice.of(
                        new Invoice.Terms(
                                TestNetwork.ID,
                                Amount.of(30),
                                HashTimeLock.hashOf(bytes),
                                HEIGHT.plus(300),
                                60,
                                ""),
                        Alice.KEYS);
        give(new PaymentInput.Issue(own, bytes, () -> stored.complete(true)));
        return stored;
    }

    /** The book has read the height. */
    private void started() {
        CompletableFuture<Boolean> read = new CompletableFuture<>();
        give(new PaymentInput.Read(book -> () -> read.complete(true)));
        now(read);
    }

    private static <T> T now(CompletableFuture<T> stage) {
        return stage.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void whatCouldNotBeStoredIsTriedAgain() {
        started();
        journal.failNextPersisted(ENTITY);

        CompletableFuture<Boolean> stored = issue();

        assertThat(now(stored)).isTrue();
    }

    @Test
    void linksOutliveTheBook() {
        world.mayFind.complete(true);
        give(new PaymentInput.Linked(Bob.KEYS.publicKey()));
        started();
        journal.failNextPersisted(ENTITY);
        now(issue());

        OutgoingPayment failed = now(pay());

        assertThat(failed.reason()).contains("Bob wants no lock");
    }

    @Test
    void whoAwaitsAPaymentIsToldThoughTheBookStartedAnew() {
        give(new PaymentInput.Linked(Bob.KEYS.publicKey()));
        started();
        CompletableFuture<OutgoingPayment> over = pay();
        now(world.searched);
        journal.failNextPersisted(ENTITY);
        now(issue());

        world.mayFind.complete(true);

        assertThat(now(over).state()).isEqualTo(OutgoingPayment.State.FAILED);
    }
}
