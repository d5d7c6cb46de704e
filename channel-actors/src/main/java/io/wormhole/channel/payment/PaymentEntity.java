package io.wormhole.channel.payment;

import io.wormhole.channel.proto.PaymentEvents;
import io.wormhole.cluster.journal.Journal;
import io.wormhole.protocol.crypto.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** Holds the book of payments: lets the desk decide, stores what came of it, then acts. */
final class PaymentEntity
        extends EventSourcedBehavior<PaymentEntity.Take, PaymentEvents, PaymentBook> {
    /** Things that happened, to be stored in one write. */
    record Take(List<PaymentInput> inputs) {
        Take {
            inputs = List.copyOf(inputs);
        }
    }

    /** Whose payments, and by which rules. */
    record Owner(PublicKey key, PaymentSettings settings) {}

    private static final int WRITES_PER_SNAPSHOT = 1_000;
    private static final Duration LATER = Duration.ofMillis(200);

    private final ActorContext<Take> context;
    private final Owner owner;
    private final PaymentWorld world;
    private final ActorRef<Payments.Command> queue;
    private Optional<PaymentDesk> desk = Optional.empty();
    // What this actor itself has decided is in the book before it is stored.
    private boolean deciding;
    private boolean storesSoon;

    private PaymentEntity(
            ActorContext<Take> context,
            Owner owner,
            PaymentWorld world,
            ActorRef<Payments.Command> queue) {
        super(PersistenceId.of("payments", owner.key().address().toString()));
        this.context = context;
        this.owner = owner;
        this.world = world;
        this.queue = queue;
    }

    /** The payments of {@code owner}; {@code queue} is told when more may be taken. */
    static Behavior<Take> create(
            Owner owner, PaymentWorld world, ActorRef<Payments.Command> queue) {
        return Behaviors.setup(context -> new PaymentEntity(context, owner, world, queue));
    }

    @Override
    public PaymentBook emptyState() {
        return new PaymentBook();
    }

    @Override
    public CommandHandler<Take, PaymentEvents, PaymentBook> commandHandler() {
        return newCommandHandlerBuilder().forAnyState().onCommand(Take.class, this::take).build();
    }

    private Effect<PaymentEvents, PaymentBook> take(PaymentBook book, Take take) {
        return store(desk.orElseThrow().take(take.inputs()));
    }

    private Effect<PaymentEvents, PaymentBook> store(PaymentDesk.Outcome outcome) {
        if (outcome.events().isEmpty()) {
            return Effect().none().thenRun(book -> carryOut(outcome.effects()));
        }
        storesSoon = outcome.events().stream().allMatch(PaymentEvent::isSoonEnough);
        PaymentEvents events = PaymentEventCodec.encode(outcome.events());
        queue.tell(new Payments.Decided());
        deciding = true;
        return Effect().persist(events).thenRun(book -> carryOut(outcome.effects()));
    }

    private void carryOut(List<PaymentEffect> effects) {
        queue.tell(new Payments.Stored());
        effects.forEach(this::carryOut);
        queue.tell(new Payments.Ready());
        tellWhenDurable(effects);
    }

    // The owner hears of nothing that a crash may take back.
    private void tellWhenDurable(List<PaymentEffect> effects) {
        List<Runnable> words =
                effects.stream()
                        .filter(PaymentEffect.Tell.class::isInstance)
                        .map(effect -> ((PaymentEffect.Tell) effect).message())
                        .toList();
        if (!words.isEmpty()) {
            world.durable()
                    .whenCompleteAsync(
                            (done, failure) -> {
                                if (failure == null) {
                                    words.forEach(Runnable::run);
                                }
                            },
                            context.getExecutionContext());
        }
    }

    private void carryOut(PaymentEffect effect) {
        if (effect instanceof PaymentEffect.Look look) {
            tellBack(
                    world.look(look.channel()),
                    seen -> seen,
                    new PaymentInput.ChannelSilent(look.channel()));
        } else if (effect instanceof PaymentEffect.Ask ask) {
            tellBack(world.ask(ask), answer -> answer, new PaymentInput.Unanswered(ask));
        } else if (effect instanceof PaymentEffect.Force force) {
            world.force(force.channel(), force.step());
        } else if (effect instanceof PaymentEffect.Say say) {
            world.say(say.partner(), say.message());
        } else if (effect instanceof PaymentEffect.FindRoutes find) {
            tellBack(
                    world.routes(find.wish()),
                    routes -> new PaymentInput.RoutesFound(find.wish().invoice().hash(), routes),
                    new PaymentInput.RoutesFound(find.wish().invoice().hash(), List.of()));
        } else if (effect instanceof PaymentEffect.ReadTransactions read) {
            tellBack(
                    world.secrets(read.transactions()),
                    secrets ->
                            new PaymentInput.TransactionsRead(
                                    read.transactions(), Optional.of(secrets)),
                    new PaymentInput.TransactionsRead(read.transactions(), Optional.empty()));
        } else if (effect instanceof PaymentEffect.Later later) {
            context.scheduleOnce(
                    LATER, queue, new Payments.Give(new PaymentInput.Retry(later.key())));
        }
    }

    private <T> void tellBack(
            CompletionStage<T> stage, Function<T, PaymentInput> then, PaymentInput otherwise) {
        stage.whenComplete(
                (value, failure) -> give(failure == null ? then.apply(value) : otherwise));
    }

    private void give(PaymentInput input) {
        queue.tell(new Payments.Give(input));
    }

    private void recovered(PaymentBook book) {
        PaymentDesk fresh = new PaymentDesk(book, owner.settings(), owner.key());
        desk = Optional.of(fresh);
        fresh.resume();
        // First of all, so that what was said to the book before is not mixed with what comes now.
        queue.tell(new Payments.Recovered());
        world.follow(fresh.readFrom(), this::give);
    }

    @Override
    public SignalHandler<PaymentBook> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (book, signal) -> recovered(book))
                .build();
    }

    @Override
    public EventHandler<PaymentBook, PaymentEvents> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(this::after);
    }

    private PaymentBook after(PaymentBook book, PaymentEvents stored) {
        if (!deciding) {
            PaymentEventCodec.decode(stored).forEach(book::apply);
        }
        deciding = false;
        return book;
    }

    @Override
    public EventAdapter<PaymentEvents, PaymentEvents> eventAdapter() {
        return new EventAdapter<>() {
            @Override
            public PaymentEvents toJournal(PaymentEvents events) {
                return events;
            }

            @Override
            public String manifest(PaymentEvents events) {
                return storesSoon ? Journal.SOON : "";
            }

            @Override
            public EventSeq<PaymentEvents> fromJournal(PaymentEvents stored, String manifest) {
                return EventSeq.single(stored);
            }
        };
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(WRITES_PER_SNAPSHOT, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public SnapshotAdapter<PaymentBook> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(PaymentBook book) {
                return PaymentEventCodec.encode(book.asEvents());
            }

            @Override
            public PaymentBook fromJournal(Object stored) {
                PaymentBook book = new PaymentBook();
                PaymentEventCodec.decode((PaymentEvents) stored).forEach(book::apply);
                return book;
            }
        };
    }
}
