package io.wormhole.supervision;

import io.wormhole.supervision.policy.ChildType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ActorRefWithCell;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Answers what can be asked of a supervisor without changing it. */
final class Enquiries {

    private final SupervisorActor supervisor;

    Enquiries(SupervisorActor supervisor) {
        this.supervisor = supervisor;
    }

    void answer(SupervisorCommand.Request request) {
        if (request instanceof SupervisorCommand.WhichChildren which) {
            which.replyTo().tell(supervisor.table.all().stream().map(Enquiries::info).toList());
        } else if (request instanceof SupervisorCommand.CountChildren count) {
            count.replyTo().tell(counts());
        } else if (request instanceof SupervisorCommand.GetChildSpec get) {
            Slot slot = supervisor.table.get(get.id());
            get.replyTo().tell(Optional.ofNullable(slot).map(found -> found.spec));
        } else {
            throw new IllegalStateException("not an enquiry: " + request);
        }
    }

    /** Answers a request that a stopping supervisor no longer takes up. */
    void refuseAll(SupervisorCommand.Request request) {
        Refusal refusal = new Refusal.ShuttingDown();
        if (request instanceof SupervisorCommand.StartChild start) {
            SupervisorActor.refuse(start.replyTo(), start.spec().id(), refusal);
        } else if (request instanceof SupervisorCommand.StartInstance start) {
            String id = start.id() == null ? "" : start.id();
            SupervisorActor.refuse(start.replyTo(), id, refusal);
        } else if (request instanceof SupervisorCommand.TerminateChild terminate) {
            SupervisorActor.refuse(terminate.replyTo(), terminate.id(), refusal);
        } else if (request instanceof SupervisorCommand.TerminateInstance terminate) {
            SupervisorActor.refuse(terminate.replyTo(), terminate.id(), refusal);
        } else if (request instanceof SupervisorCommand.RestartChild restart) {
            SupervisorActor.refuse(restart.replyTo(), restart.id(), refusal);
        } else if (request instanceof SupervisorCommand.DeleteChild delete) {
            SupervisorActor.refuse(delete.replyTo(), delete.id(), refusal);
        } else if (request instanceof SupervisorCommand.Upgrade upgrade) {
            upgrade.replyTo().tell(new UpgradeReply.NotUpgraded("the supervisor is stopping"));
        } else {
            answer(request);
        }
    }

    /** Answers with the whole tree, when the supervisors below have answered. */
    void snapshot(ActorRef<TreeSnapshot> replyTo) {
        List<ActorRef<Object>> below = new ArrayList<>();
        TreeSnapshot own = own(below);
        if (below.isEmpty()) {
            replyTo.tell(own);
        } else {
            supervisor.context.spawnAnonymous(SnapshotCollector.create(own, below, replyTo));
        }
    }

    private TreeSnapshot own(List<ActorRef<Object>> below) {
        List<TreeSnapshot> children = new ArrayList<>();
        for (Slot slot : supervisor.table.firstOnes(TreeSnapshot.MAX_CHILDREN)) {
            children.add(node(slot));
            if (slot.spec.type() == ChildType.SUPERVISOR && slot.hasProcess()) {
                below.add(slot.liveRef());
            }
        }
        String path = supervisor.home.path();
        return new TreeSnapshot(
                path.substring(path.lastIndexOf('/') + 1),
                path,
                ChildType.SUPERVISOR,
                ChildStatus.RUNNING,
                0,
                supervisor.uptimeMillis(),
                mailboxSize(supervisor.context.getSelf()),
                supervisor.spec.strategy().word(),
                supervisor.table.size() - children.size(),
                children);
    }

    private TreeSnapshot node(Slot slot) {
        boolean running = slot.status == ChildStatus.RUNNING;
        ChildKind kind = slot.spec.kind();
        return new TreeSnapshot(
                slot.id(),
                supervisor.home.pathOf(slot.id()),
                slot.spec.type(),
                slot.status,
                slot.restarts,
                running ? supervisor.uptimeMillis(slot) : 0,
                slot.hasProcess() ? mailboxSize(slot.liveRef()) : -1,
                kind instanceof ChildKind.Subtree tree ? tree.spec().strategy().word() : "",
                0,
                List.of());
    }

    private ChildCounts counts() {
        int active = 0;
        int supervisors = 0;
        List<Slot> slots = supervisor.table.all();
        for (Slot slot : slots) {
            active += slot.hasProcess() ? 1 : 0;
            supervisors += slot.spec.type() == ChildType.SUPERVISOR ? 1 : 0;
        }
        int specs = supervisor.countedSpecs();
        return new ChildCounts(specs, active, supervisors, slots.size() - supervisors);
    }

    private static ChildInfo info(Slot slot) {
        Optional<ActorRef<?>> ref =
                slot.hasProcess() ? Optional.of(slot.liveRef()) : Optional.empty();
        return new ChildInfo(slot.id(), slot.status, ref, slot.spec.type());
    }

    private static int mailboxSize(ActorRef<?> ref) {
        return Adapter.toClassic(ref) instanceof ActorRefWithCell local
                ? local.underlying().numberOfMessages()
                : -1;
    }
}
