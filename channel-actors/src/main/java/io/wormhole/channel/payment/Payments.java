package io.wormhole.channel.payment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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

    /** The book is read after a start, and takes a batch. */
    record Recovered() implements Command {}

    /** It is known what comes of the batch. */
    record Decided() implements Command {}

    /** What came of the batch is stored. */
    record Stored() implements Command {}

    /** The batch is done, and so many hops are under way. */
    record Ready(int hops) implements Command {}

    private record Paused() implements Command {}

    private record Broken() implements Command {}

    private record Open() implements Command {}

    private record Told(PaymentInput.PaymentListener listener) implements Command {}

    private static final int MOST_AT_ONCE = 2_000;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final PaymentEntity.Owner owner;
    private final PaymentWorld world;
    private ActorRef<PaymentEntity.Take> book;
    private Duration retry = FIRST_RETRY;
    // Outlives the book, which loses all that is not stored when it starts anew.
    private final PaymentQueue queue = new PaymentQueue();
    private final Pace pace = new Pace();
    private boolean pausing;

    private Payments(ActorContext<Command> context, PaymentEntity.Owner owner, PaymentWorld world) {
        super(context);
        this.owner = owner;
        this.world = world;
        this.book = opened(context, owner, world);
    }

    // A journal that fails stops its actor past any supervisor, so another is made.
    private static ActorRef<PaymentEntity.Take> opened(
            ActorContext<Command> context, PaymentEntity.Owner owner, PaymentWorld world) {
        ActorRef<PaymentEntity.Take> book =
                context.spawn(PaymentEntity.create(owner, world, context.getSelf()), "book");
        context.watchWith(book, new Broken());
        return book;
    }

    /** The payments of the holder of a key. */
    static Behavior<Command> create(PaymentEntity.Owner owner, PaymentWorld world) {
        return Behaviors.setup(context -> new Payments(context, owner, world));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Give.class, this::give)
                .onMessage(Recovered.class, recovered -> recovered())
                .onMessage(Decided.class, decided -> decided())
                .onMessage(Stored.class, stored -> stored())
                .onMessage(Ready.class, this::done)
                .onMessage(Paused.class, paused -> paused())
                .onMessage(Told.class, this::told)
                .onMessage(Broken.class, broken -> broken())
                .onMessage(Open.class, open -> open())
                .build();
    }

    private Behavior<Command> give(Give give) {
        PaymentInput input = give.input();
        boolean taken =
                queue.give(input instanceof PaymentInput.Pay pay ? reportingBack(pay) : input);
        if (!taken) {
            getContext().getLog().warn("a partner says more than can be heard: {}", input);
        }
        return next();
    }

    private PaymentInput reportingBack(PaymentInput.Pay pay) {
        ActorRef<Command> self = getContext().getSelf();
        PaymentInput.PaymentListener listener =
                new PaymentInput.PaymentListener() {
                    @Override
                    public void over(OutgoingPayment payment) {
                        pay.listener().over(payment);
                        self.tell(new Told(this));
                    }

                    @Override
                    public void refused(String reason) {
                        pay.listener().refused(reason);
                        self.tell(new Told(this));
                    }
                };
        return new PaymentInput.Pay(pay.invoice(), pay.maximumFee(), pay.route(), listener);
    }

    private Behavior<Command> told(Told told) {
        queue.told(told.listener());
        return this;
    }

    private Behavior<Command> broken() {
        queue.broken();
        getContext().scheduleOnce(retry, getContext().getSelf(), new Open());
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        return this;
    }

    private Behavior<Command> open() {
        book = opened(getContext(), owner, world);
        return this;
    }

    private Behavior<Command> recovered() {
        book.tell(new PaymentEntity.Take(queue.recovered()));
        return this;
    }

    private Behavior<Command> decided() {
        queue.decided();
        return this;
    }

    private Behavior<Command> stored() {
        queue.stored();
        return this;
    }

    private Behavior<Command> done(Ready ready) {
        queue.done();
        pace.underWay(ready.hops());
        retry = FIRST_RETRY;
        return next();
    }

    private Behavior<Command> next() {
        if (pausing || !queue.mayGoOn()) {
            return this;
        }
        long now = System.nanoTime();
        long wait = pace.nanosLeft(now);
        if (wait > 0) {
            pause(wait);
        } else {
            pace.begins(now);
            book.tell(new PaymentEntity.Take(queue.next(MOST_AT_ONCE)));
        }
        return this;
    }

    // The timers of the actor system are ten times too coarse.
    private void pause(long nanos) {
        pausing = true;
        ActorRef<Command> self = getContext().getSelf();
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> self.tell(new Paused()));
    }

    private Behavior<Command> paused() {
        pausing = false;
        return next();
    }
}
