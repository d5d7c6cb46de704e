package io.wormhole.channel.payment;

import io.wormhole.channel.proto.PaymentEvents;
import io.wormhole.channel.route.Route;
import io.wormhole.cluster.journal.Journal;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import org.jspecify.annotations.Nullable;

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

    // A snapshot holds all that is over, too: each takes tens of milliseconds.
    private static final int WRITES_PER_SNAPSHOT = 5_000;
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
        PaymentDesk.Outcome outcome = desk.orElseThrow().take(take.inputs());
        List<PaymentInput> found = findRoutes(outcome.effects());
        if (!found.isEmpty()) {
            PaymentDesk.Outcome more = desk.orElseThrow().take(found);
            more.effects().forEach(this::findRoutesLater);
            outcome = outcome.and(more);
        }
        return store(outcome);
    }

    // A search reads only, and mostly ends at once: then what it found belongs to the same batch.
    private List<PaymentInput> findRoutes(List<PaymentEffect> effects) {
        List<PaymentInput> found = new ArrayList<>();
        for (PaymentEffect effect : effects) {
            if (effect instanceof PaymentEffect.FindRoutes find) {
                CompletableFuture<List<Route>> routes =
                        world.routes(find.wish()).toCompletableFuture();
                if (routes.isDone() && !routes.isCompletedExceptionally()) {
                    found.add(found(find.wish(), routes.join()));
                } else {
                    tellRoutes(find.wish(), routes);
                }
            }
        }
        return found;
    }

    private void findRoutesLater(PaymentEffect effect) {
        if (effect instanceof PaymentEffect.FindRoutes find) {
            tellRoutes(find.wish(), world.routes(find.wish()));
        }
    }

    private void tellRoutes(PaymentEffect.RouteWish wish, CompletionStage<List<Route>> routes) {
        tellBack(routes, ways -> found(wish, ways), found(wish, List.of()));
    }

    private static PaymentInput found(PaymentEffect.RouteWish wish, List<Route> routes) {
        return new PaymentInput.RoutesFound(wish.invoice().hash(), routes);
    }

    private Effect<PaymentEvents, PaymentBook> store(PaymentDesk.Outcome outcome) {
        if (outcome.events().isEmpty()) {
            return Effect().none().thenRun(book -> carryOut(book, outcome.effects()));
        }
        storesSoon = outcome.events().stream().allMatch(PaymentEvent::isSoonEnough);
        PaymentEvents events = PaymentEventCodec.encode(outcome.events());
        queue.tell(new Payments.Decided());
        deciding = true;
        return Effect().persist(events).thenRun(book -> carryOut(book, outcome.effects()));
    }

    private void carryOut(PaymentBook book, List<PaymentEffect> effects) {
        queue.tell(new Payments.Stored());
        effects.forEach(this::carryOut);
        // What is said of a lock goes before it.
        sayTogether(effects);
        askTogether(effects);
        queue.tell(new Payments.Ready(book.hopCount()));
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
        } else if (effect instanceof PaymentEffect.Force force) {
            world.force(force.channel(), force.step());
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

    private void sayTogether(List<PaymentEffect> effects) {
        Map<PublicKey, List<RelayMessage>> said = new LinkedHashMap<>();
        for (PaymentEffect effect : effects) {
            if (effect instanceof PaymentEffect.Say say) {
                said.computeIfAbsent(say.partner(), partner -> new ArrayList<>())
                        .add(say.message());
            }
        }
        said.forEach(world::say);
    }

    // What is wanted of a channel at once rides in one update.
    private void askTogether(List<PaymentEffect> effects) {
        Map<ChannelId, List<PaymentEffect.Ask>> wanted = new LinkedHashMap<>();
        for (PaymentEffect effect : effects) {
            if (effect instanceof PaymentEffect.Ask ask) {
                wanted.computeIfAbsent(ask.channel(), channel -> new ArrayList<>()).add(ask);
            }
        }
        wanted.forEach(
                (channel, asks) ->
                        world.ask(channel, asks)
                                .whenComplete((answers, failure) -> answered(asks, answers)));
    }

    private void answered(
            List<PaymentEffect.Ask> asks, @Nullable List<PaymentInput.Answer> answers) {
        for (int i = 0; i < asks.size(); i++) {
            give(
                    answers == null
                            ? new PaymentInput.Unanswered(asks.get(i))
                            : new PaymentInput.Answered(asks.get(i), answers.get(i)));
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
