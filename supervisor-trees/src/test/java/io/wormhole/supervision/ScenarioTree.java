package io.wormhole.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** What a running tree says of itself when asked. */
final class ScenarioTree {
    /** How long an answer may take. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorTestKit kit;
    private final ActorRef<SupervisorCommand> root;
    private Duration askPatience = PATIENCE;

    ScenarioTree(ActorTestKit kit, ActorRef<SupervisorCommand> root) {
        this.kit = kit;
        this.root = root;
    }

    ActorRef<SupervisorCommand> root() {
        return root;
    }

    /** All children of all supervisors, depth first. */
    List<String> walk() {
        return walk(root);
    }

    private List<String> walk(ActorRef<SupervisorCommand> supervisor) {
        List<String> found = new ArrayList<>();
        for (ChildInfo child : which(supervisor)) {
            found.add(child.id() + (child.ref().isPresent() ? " up" : " down"));
            if (child.type().word().equals("supervisor") && child.ref().isPresent()) {
                found.addAll(walk(command(child.ref().get())));
            }
        }
        if (found.stream().allMatch(child -> child.startsWith("i"))) {
            found.sort(null);
        }
        return found;
    }

    /** Whether a child is on its way up or down: its next trace entry is still to come. */
    private static boolean isMoving(TreeSnapshot tree) {
        boolean moves =
                tree.status() == ChildStatus.STARTING
                        || tree.status() == ChildStatus.STOPPING
                        || tree.status() == ChildStatus.RESTARTING;
        return moves || tree.children().stream().anyMatch(ScenarioTree::isMoving);
    }

    /** Waits until every supervisor has answered a question. */
    void settle() {
        settle(root);
    }

    /**
     * Whether nothing moves once every supervisor has answered, each within {@code patience}: it
     * throws when one does not.
     */
    boolean isQuiet(Duration patience) {
        askPatience = patience;
        try {
            settle();
            return !isMoving(ask(root, SupervisorCommand.GetSnapshot::new));
        } finally {
            askPatience = PATIENCE;
        }
    }

    private void settle(ActorRef<SupervisorCommand> supervisor) {
        for (ChildInfo child : which(supervisor)) {
            child.ref()
                    .filter(ref -> child.type().word().equals("supervisor"))
                    .ifPresent(ref -> settle(command(ref)));
        }
        which(supervisor);
    }

    ActorRef<SupervisorCommand> supervisor(String id) {
        ActorRef<SupervisorCommand> found = find(id);
        if (found == null) {
            throw new IllegalStateException("no supervisor " + id);
        }
        return found;
    }

    /** The running supervisor of this id, or null. */
    @Nullable ActorRef<SupervisorCommand> find(String id) {
        return find(root, id);
    }

    private @Nullable ActorRef<SupervisorCommand> find(
            ActorRef<SupervisorCommand> under, String id) {
        for (ChildInfo child : which(under)) {
            if (child.type().word().equals("supervisor") && child.ref().isPresent()) {
                ActorRef<SupervisorCommand> ref = command(child.ref().get());
                ActorRef<SupervisorCommand> found = child.id().equals(id) ? ref : find(ref, id);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static ActorRef<SupervisorCommand> command(ActorRef<?> ref) {
        return (ActorRef<SupervisorCommand>) ref;
    }

    private List<ChildInfo> which(ActorRef<SupervisorCommand> supervisor) {
        return ask(supervisor, SupervisorCommand.WhichChildren::new);
    }

    List<List<String>> children(ActorRef<SupervisorCommand> supervisor) {
        return which(supervisor).stream()
                .map(child -> List.of(child.id(), child.ref().isPresent() ? "up" : "down"))
                .toList();
    }

    ChildCounts counts(ActorRef<SupervisorCommand> supervisor) {
        return ask(supervisor, SupervisorCommand.CountChildren::new);
    }

    <T> T ask(
            ActorRef<SupervisorCommand> supervisor,
            Function<ActorRef<T>, SupervisorCommand> request) {
        CompletionStage<T> reply =
                AskPattern.ask(supervisor, request::apply, askPatience, kit.scheduler());
        return reply.toCompletableFuture().join();
    }
}
