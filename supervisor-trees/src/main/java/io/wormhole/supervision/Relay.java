package io.wormhole.supervision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor behind one stable reference. It numbers what it forwards and keeps it until the
 * incarnation has taken it in hand, so that what lay unread in a mailbox is sent again, in order,
 * to the next one.
 *
 * <p>Pekko's dead letters would not do: a message that meets a mailbox in the moment of its closing
 * is in neither.
 */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** The child runs. */
    record Up(ActorRef<Object> child, Incarnation incarnation, WhileDown rule) {}

    /** The child has ended, or is known and does not run. */
    record Down(WhileDown rule) {}

    /** The reference is no longer wanted. */
    record Release() {}

    /** Where messages go. */
    private record Target(ActorRef<Object> child, Incarnation incarnation) {}

    private final ActorContext<Object> context;
    private final String path;
    private final Deque<Forwarded> inFlight = new ArrayDeque<>();
    private final Deque<Object> waiting = new ArrayDeque<>();
    private WhileDown rule = WhileDown.standard();
    private @Nullable Target target;
    private long forwarded;

    private Relay(ActorContext<Object> context, String path) {
        this.context = context;
        this.path = path;
    }

    static Behavior<Object> create(String path) {
        return Behaviors.setup(context -> new Relay(context, path).relaying());
    }

    private Behavior<Object> relaying() {
        return Behaviors.receive(Object.class)
                .onMessage(Up.class, this::onUp)
                .onMessage(Down.class, this::onDown)
                .onMessage(Release.class, release -> onRelease())
                .onAnyMessage(this::onPayload)
                .build();
    }

    private Behavior<Object> onUp(Up up) {
        Target now = target;
        if (now == null || now.incarnation() != up.incarnation()) {
            takeBack();
            rule = up.rule();
            forwarded = 0;
            Target next = new Target(up.child(), up.incarnation());
            target = next;
            for (Object message = waiting.poll(); message != null; message = waiting.poll()) {
                forward(message, next);
            }
        }
        return Behaviors.same();
    }

    private Behavior<Object> onDown(Down down) {
        rule = down.rule();
        takeBack();
        return Behaviors.same();
    }

    private Behavior<Object> onPayload(Object message) {
        Target now = target;
        if (now == null) {
            keep(message);
        } else {
            forgetDelivered(now);
            forward(message, now);
        }
        return Behaviors.same();
    }

    private Behavior<Object> onRelease() {
        waiting.forEach(message -> refuse(message, "the reference was released"));
        return Behaviors.stopped();
    }

    private void forward(Object message, Target to) {
        Forwarded numbered = new Forwarded(++forwarded, message);
        inFlight.addLast(numbered);
        to.child().tell(numbered);
    }

    private void forgetDelivered(Target from) {
        long delivered = from.incarnation().delivered();
        for (Forwarded first = inFlight.peek();
                first != null && first.number() <= delivered;
                first = inFlight.peek()) {
            inFlight.remove();
        }
    }

    /** Takes back what the last incarnation has not taken in hand. */
    private void takeBack() {
        Target ended = target;
        if (ended == null) {
            return;
        }
        target = null;
        forgetDelivered(ended);
        List<Object> unread = new ArrayList<>(inFlight.size());
        inFlight.forEach(message -> unread.add(message.message()));
        inFlight.clear();
        unread.forEach(this::keep);
    }

    private void keep(Object message) {
        if (waiting.size() < rule.queueBound()) {
            waiting.addLast(message);
        } else {
            refuse(message, path + " is down and its queue of " + rule.queueBound() + " is full");
        }
    }

    private void refuse(Object message, String why) {
        String type = message.getClass().getName();
        Adapter.toClassic(context.getSystem())
                .eventStream()
                .publish(new SupervisionEvent.MessageRefused(path, type, why));
        LOG.info("{} refused: {}", type, why);
        try {
            rule.refusal().accept(message, why);
        } catch (RuntimeException broken) {
            // The refusal is foreign code; the reference has to outlive it, and the message is
            // already reported.
            LOG.error("the refusal of {} failed", path, broken);
        }
    }
}
