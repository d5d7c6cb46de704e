package io.wormhole.settlement.chain;

import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.LedgerObserver;
import io.wormhole.settlement.store.ChainStore;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Hands the chain's events to one observer, each when the one before is handled. Runs where its
 * thread may block.
 */
public final class Follower extends AbstractBehavior<Follower.Command> {
    /** What a follower reacts to. */
    public sealed interface Command {}

    /** Ends the following. */
    public record Stop() implements Command {}

    private record Moved(ChainNews news) implements Command {}

    private record Handled(ChainEvents.Position after) implements Command {}

    private record Refused(Throwable reason) implements Command {}

    private final ChainEvents events;
    private final Supplier<ChainView> view;
    private final BlockHeight start;
    private final LedgerObserver observer;
    // Empty until the chain has finalised the height to start after.
    private Optional<ChainEvents.Position> position = Optional.empty();
    private boolean isBusy;

    private Follower(
            ActorContext<Command> context,
            ChainStore store,
            Supplier<ChainView> view,
            BlockHeight start,
            LedgerObserver observer) {
        super(context);
        this.events = new ChainEvents(store);
        this.view = view;
        this.start = start;
        this.observer = observer;
    }

    /**
     * A follower of all that happens above the final height {@code after}.
     *
     * @param view where the chain stands now
     */
    public static Behavior<Command> create(
            ActorRef<ChainActor.Command> chain,
            ChainStore store,
            Supplier<ChainView> view,
            BlockHeight after,
            LedgerObserver observer) {
        return Behaviors.setup(
                context -> {
                    chain.tell(
                            new ChainActor.Subscribe(
                                    context.messageAdapter(ChainNews.class, Moved::new)));
                    return new Follower(context, store, view, after, observer);
                });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Moved.class, this::onMoved)
                .onMessage(Handled.class, this::onHandled)
                .onMessage(Refused.class, this::onRefused)
                .onMessage(Stop.class, message -> Behaviors.stopped())
                .build();
    }

    private Behavior<Command> onMoved(Moved message) {
        if (message.news() instanceof ChainNews.Failed) {
            return Behaviors.stopped();
        }
        if (!isBusy && message.news() instanceof ChainNews.HeadMoved) {
            advance();
        }
        return this;
    }

    private Behavior<Command> onHandled(Handled message) {
        isBusy = false;
        position = Optional.of(message.after());
        advance();
        return this;
    }

    private Behavior<Command> onRefused(Refused message) {
        getContext()
                .getLog()
                .error(
                        "A follower of the chain ends, because it could not handle an event",
                        message.reason());
        return Behaviors.stopped();
    }

    private void advance() {
        ChainView now = view.get();
        if (position.isEmpty()) {
            position = events.startingAfter(start, now.finalBlock().index());
        }
        position.flatMap(at -> events.next(at, now.head().index(), now.finalBlock().index()))
                .ifPresent(this::hand);
    }

    private void hand(ChainEvents.Step step) {
        isBusy = true;
        getContext()
                .pipeToSelf(
                        handling(step),
                        (done, failure) ->
                                failure == null ? new Handled(step.after()) : new Refused(failure));
    }

    private CompletionStage<@Nullable Object> handling(ChainEvents.Step step) {
        try {
            return observer.onEvent(step.event()).thenApply(done -> null);
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }
}
