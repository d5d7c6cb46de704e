package io.wormhole.supervision;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Pushes snapshots to subscribers, at most one per interval, only after a change.
 *
 * <p>A supervisor says upwards that something changed, once, until the next snapshot is taken; so a
 * tree without subscribers pays one message per supervisor, and one with subscribers one per
 * supervisor and interval.
 */
final class SnapshotFeed {

    static final Duration INTERVAL = Duration.ofMillis(100);

    private final SupervisorActor supervisor;
    private final Set<ActorRef<TreeSnapshot>> subscribers = new LinkedHashSet<>();
    private @Nullable ActorRef<TreeSnapshot> collected;
    private boolean told;
    private boolean scheduled;

    SnapshotFeed(SupervisorActor supervisor) {
        this.supervisor = supervisor;
    }

    /** Something in this tree changed. */
    void changed() {
        if (!told) {
            told = true;
            supervisor.parent.changed();
            if (!subscribers.isEmpty()) {
                schedule(INTERVAL);
            }
        }
    }

    /** A snapshot is being taken; later changes are news again. */
    void taken() {
        told = false;
    }

    void subscribe(ActorRef<TreeSnapshot> subscriber) {
        if (subscribers.add(subscriber)) {
            supervisor.context.watch(subscriber);
        }
        push();
    }

    /** Whether this was a subscriber. */
    boolean unsubscribe(ActorRef<?> subscriber) {
        return subscribers.remove(subscriber);
    }

    /** The interval is over. */
    void push() {
        scheduled = false;
        if (!subscribers.isEmpty()) {
            taken();
            supervisor.enquiries.snapshot(collector());
        }
    }

    void deliver(TreeSnapshot snapshot) {
        subscribers.forEach(subscriber -> subscriber.tell(snapshot));
    }

    private ActorRef<TreeSnapshot> collector() {
        ActorRef<TreeSnapshot> adapter = collected;
        if (adapter == null) {
            adapter =
                    supervisor.context.messageAdapter(
                            TreeSnapshot.class, SupervisorNotice.SnapshotTaken::new);
            collected = adapter;
        }
        return adapter;
    }

    private void schedule(Duration delay) {
        if (!scheduled) {
            scheduled = true;
            supervisor.context.scheduleOnce(
                    delay, supervisor.context.getSelf(), new SupervisorNotice.PushDue());
        }
    }
}
