package io.wormhole.channel.payment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Takes everything that happens to the payments of a node, and hands it on in batches: what comes
 * while one is stored rides together in the next, so that one write serves many payments.
 */
public final class Payments extends AbstractBehavior<Payments.Command> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** Something happened. */
    public record Give(PaymentInput input) implements Command {}

    /** The batch before is stored, or the book is read after a start. */
    record Ready() implements Command {}

    private static final int MOST_AT_ONCE = 2_000;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final ActorRef<PaymentEntity.Take> book;
    private List<PaymentInput> waiting = new ArrayList<>();
    private boolean ready;

    private Payments(ActorContext<Command> context, PaymentEntity.Owner owner, PaymentWorld world) {
        super(context);
        this.book =
                context.spawn(
                        Behaviors.supervise(PaymentEntity.create(owner, world, context.getSelf()))
                                .onFailure(
                                        SupervisorStrategy.restartWithBackoff(
                                                FIRST_RETRY, LAST_RETRY, 0.1)),
                        "book");
    }

    /** The payments of the holder of a key. */
    static Behavior<Command> create(PaymentEntity.Owner owner, PaymentWorld world) {
        return Behaviors.setup(context -> new Payments(context, owner, world));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Give.class, this::give)
                .onMessage(Ready.class, ready -> next())
                .build();
    }

    private Behavior<Command> give(Give give) {
        waiting.add(give.input());
        return ready ? next() : this;
    }

    private Behavior<Command> next() {
        ready = waiting.isEmpty();
        if (!ready) {
            int count = Math.min(waiting.size(), MOST_AT_ONCE);
            book.tell(new PaymentEntity.Take(waiting.subList(0, count)));
            waiting = new ArrayList<>(waiting.subList(count, waiting.size()));
        }
        return this;
    }
}
