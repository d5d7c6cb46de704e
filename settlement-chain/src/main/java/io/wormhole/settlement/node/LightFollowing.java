package io.wormhole.settlement.node;

import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.LedgerObserver;
import io.wormhole.settlement.chain.ChainEvents;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;

/** One follower of a light node, on that node's thread. */
final class LightFollowing implements Following {
    private final ChainEvents events;
    private final BlockHeight start;
    private final LedgerObserver observer;
    private final Logger log;
    // Empty until the chain has finalised the height to start after.
    private Optional<ChainEvents.Position> position = Optional.empty();
    private boolean isBusy;
    private volatile boolean isClosed;

    LightFollowing(ChainEvents events, BlockHeight start, LedgerObserver observer, Logger log) {
        this.events = events;
        this.start = start;
        this.observer = observer;
        this.log = log;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** The lowest block that it may still look at. */
    long lowest() {
        return position.map(ChainEvents.Position::finalHeight).orElse(start.value());
    }

    /** Hands the next event to the observer, if there is one and the last one is handled. */
    void advance(long headHeight, long finalHeight, Executor thread, Runnable onHandled) {
        if (isBusy || isClosed) {
            return;
        }
        if (position.isEmpty()) {
            position = events.startingAfter(start, finalHeight);
        }
        position.flatMap(at -> events.next(at, headHeight, finalHeight))
                .ifPresent(step -> hand(step, thread, onHandled));
    }

    private void hand(ChainEvents.Step step, Executor thread, Runnable onHandled) {
        isBusy = true;
        handling(step)
                .whenCompleteAsync(
                        (done, failure) -> {
                            isBusy = false;
                            if (failure == null) {
                                position = Optional.of(step.after());
                                onHandled.run();
                            } else {
                                isClosed = true;
                                log.error(
                                        "A follower of the chain ends, because it could not handle an event",
                                        failure);
                            }
                        },
                        thread);
    }

    private CompletionStage<?> handling(ChainEvents.Step step) {
        try {
            return observer.onEvent(step.event());
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
