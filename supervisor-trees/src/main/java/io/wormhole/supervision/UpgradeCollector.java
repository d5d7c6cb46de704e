package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Upgrades the subtrees of one supervisor and answers when all have answered or ended. */
final class UpgradeCollector {

    private final ActorContext<UpgradeReply> context;
    private final UpgradeReply.Upgraded own;
    private final ActorRef<UpgradeReply> replyTo;
    private final Map<String, ExitReason> failures;
    private int left;

    private UpgradeCollector(
            ActorContext<UpgradeReply> context,
            UpgradeReply.Upgraded own,
            ActorRef<UpgradeReply> replyTo) {
        this.context = context;
        this.own = own;
        this.replyTo = replyTo;
        this.failures = new HashMap<>(own.failures());
    }

    static Behavior<UpgradeReply> create(
            UpgradeReply.Upgraded own,
            Map<ActorRef<Object>, SupervisorSpec> subtrees,
            ActorRef<UpgradeReply> replyTo) {
        return Behaviors.setup(
                context -> new UpgradeCollector(context, own, replyTo).askAll(subtrees));
    }

    private Behavior<UpgradeReply> askAll(Map<ActorRef<Object>, SupervisorSpec> subtrees) {
        left = subtrees.size();
        subtrees.forEach(
                (supervisor, spec) -> {
                    context.watch(supervisor);
                    supervisor.tell(new SupervisorCommand.Upgrade(spec, context.getSelf()));
                });
        return Behaviors.receive(UpgradeReply.class)
                .onMessage(UpgradeReply.Upgraded.class, this::onUpgraded)
                .onMessage(UpgradeReply.NotUpgraded.class, this::onNotUpgraded)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<UpgradeReply> onUpgraded(UpgradeReply.Upgraded upgraded) {
        failures.putAll(upgraded.failures());
        return answered();
    }

    private Behavior<UpgradeReply> onNotUpgraded(UpgradeReply.NotUpgraded refused) {
        failures.put(own.plan().name(), ExitReason.failure(refused.why()));
        return answered();
    }

    private Behavior<UpgradeReply> onTerminated(Terminated signal) {
        failures.put(
                ActorNames.toId(signal.getRef().path().name()),
                ExitReason.failure("it ended while it was upgraded"));
        return answered();
    }

    private Behavior<UpgradeReply> answered() {
        left--;
        if (left > 0) {
            return Behaviors.same();
        }
        replyTo.tell(new UpgradeReply.Upgraded(own.plan(), failures));
        return Behaviors.stopped();
    }
}
