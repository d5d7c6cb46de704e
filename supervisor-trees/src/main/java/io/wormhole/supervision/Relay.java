package io.wormhole.supervision;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor behind one stable reference. It forwards under its own name as sender, so that what
 * dies in a mailbox can be told from what others sent; between the end of one incarnation and the
 * start of the next it keeps or refuses.
 */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /**
     * Messages kept, whatever the rule, for the moment between a start and the arrival of older
     * messages.
     */
    private static final int CATCH_UP_BOUND = 1000;

    /** The child runs. */
    record Up(ActorRef<Object> child, WhileDown rule) {}

    /** The child has ended, or is known and does not run. */
    record Down(WhileDown rule) {}

    /** A forwarded message that no incarnation has read. */
    record Reclaimed(Object message) {}

    /** All older messages have come back. */
    record CaughtUp() {}

    /** The reference is no longer wanted. */
    record Release() {}

    private final ActorContext<Object> context;
    private final String path;
    private final ActorRef<Object> deadLetterDesk;
    private final Deque<Object> reclaimed = new ArrayDeque<>();
    private final Deque<Object> waiting = new ArrayDeque<>();
    private WhileDown rule = WhileDown.standard();
    private @Nullable ActorRef<Object> child;
    private boolean open;

    private Relay(ActorContext<Object> context, String path, ActorRef<Object> deadLetterDesk) {
        this.context = context;
        this.path = path;
        this.deadLetterDesk = deadLetterDesk;
    }

    static Behavior<Object> create(String path, ActorRef<Object> deadLetterDesk) {
        return Behaviors.setup(context -> new Relay(context, path, deadLetterDesk).relaying());
    }

    private Behavior<Object> relaying() {
        return Behaviors.receive(Object.class)
                .onMessage(Up.class, this::onUp)
                .onMessage(Down.class, this::onDown)
                .onMessage(Reclaimed.class, this::onReclaimed)
                .onMessage(CaughtUp.class, caughtUp -> onCaughtUp())
                .onMessage(Release.class, release -> onRelease())
                .onAnyMessage(this::onPayload)
                .build();
    }

    private Behavior<Object> onUp(Up up) {
        rule = up.rule();
        if (!up.child().equals(child)) {
            child = up.child();
            open = false;
            deadLetterDesk.tell(new DeadLetterDesk.Marker(context.getSelf()));
        }
        return Behaviors.same();
    }

    private Behavior<Object> onDown(Down down) {
        rule = down.rule();
        child = null;
        open = false;
        return Behaviors.same();
    }

    private Behavior<Object> onReclaimed(Reclaimed back) {
        keep(reclaimed, back.message());
        return Behaviors.same();
    }

    private Behavior<Object> onCaughtUp() {
        ActorRef<Object> target = child;
        if (target != null) {
            open = true;
            flush(reclaimed, target);
            flush(waiting, target);
        }
        return Behaviors.same();
    }

    private Behavior<Object> onPayload(Object message) {
        ActorRef<Object> target = child;
        if (open && target != null) {
            forward(message, target);
        } else {
            keep(waiting, message);
        }
        return Behaviors.same();
    }

    private Behavior<Object> onRelease() {
        reclaimed.forEach(message -> refuse(message, "the reference was released"));
        waiting.forEach(message -> refuse(message, "the reference was released"));
        return Behaviors.stopped();
    }

    private void keep(Deque<Object> queue, Object message) {
        int bound = child == null ? rule.queueBound() : Math.max(rule.queueBound(), CATCH_UP_BOUND);
        if (reclaimed.size() + waiting.size() < bound) {
            queue.addLast(message);
        } else {
            refuse(message, path + " is down and its queue of " + bound + " is full");
        }
    }

    private void flush(Deque<Object> queue, ActorRef<Object> target) {
        for (Object message = queue.poll(); message != null; message = queue.poll()) {
            forward(message, target);
        }
    }

    private void forward(Object message, ActorRef<Object> target) {
        Adapter.toClassic(target).tell(message, Adapter.toClassic(context.getSelf()));
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
