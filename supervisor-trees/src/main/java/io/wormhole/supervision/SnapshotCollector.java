package io.wormhole.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Gathers the snapshots of the supervisors below one supervisor into one; a silent one is shown
 * without children.
 */
final class SnapshotCollector {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private SnapshotCollector() {}

    private record Impatient() {}

    static Behavior<Object> create(
            TreeSnapshot own, List<ActorRef<Object>> below, ActorRef<TreeSnapshot> replyTo) {
        return Behaviors.setup(
                context -> {
                    askAll(context, below);
                    below.forEach(context::watch);
                    context.setReceiveTimeout(PATIENCE, new Impatient());
                    Map<String, TreeSnapshot> answers = new HashMap<>();
                    Set<ActorRef<Void>> ended = new HashSet<>();
                    return Behaviors.receive(Object.class)
                            .onMessage(
                                    TreeSnapshot.class,
                                    answer -> {
                                        answers.put(answer.path(), answer);
                                        return answers.size() + ended.size() >= below.size()
                                                ? done(own, answers, replyTo)
                                                : Behaviors.same();
                                    })
                            .onMessage(Impatient.class, impatient -> done(own, answers, replyTo))
                            .onSignal(
                                    Terminated.class,
                                    signal -> {
                                        ended.add(signal.getRef());
                                        return answers.size() + ended.size() >= below.size()
                                                ? done(own, answers, replyTo)
                                                : Behaviors.same();
                                    })
                            .build();
                });
    }

    private static void askAll(ActorContext<Object> context, List<ActorRef<Object>> below) {
        ActorRef<TreeSnapshot> self = context.getSelf().narrow();
        below.forEach(supervisor -> supervisor.tell(new SupervisorCommand.GetSnapshot(self)));
    }

    private static Behavior<Object> done(
            TreeSnapshot own, Map<String, TreeSnapshot> answers, ActorRef<TreeSnapshot> replyTo) {
        List<TreeSnapshot> children = new ArrayList<>();
        for (TreeSnapshot child : own.children()) {
            TreeSnapshot subtree = answers.get(child.path());
            children.add(subtree == null ? child : child.withSubtree(subtree));
        }
        replyTo.tell(own.withChildren(children));
        return Behaviors.stopped();
    }
}
