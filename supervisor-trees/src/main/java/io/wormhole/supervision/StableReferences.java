package io.wormhole.supervision;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;

/**
 * References to children by path that stay valid when the child, its supervisor or the whole tree
 * is restarted, and that lose no message silently: one per path and actor system.
 *
 * <p>What happens to messages while the child is down is said by its spec, see {@link WhileDown};
 * before the child was ever seen, {@link WhileDown#standard}. A message that lay unread in the
 * mailbox of an incarnation that ended is delivered to the next one, before those sent later; the
 * message in hand when a child crashed is not repeated.
 */
public final class StableReferences implements Extension {

    private static final ExtensionId<StableReferences> ID =
            new ExtensionId<>() {
                @Override
                public StableReferences createExtension(ActorSystem<?> system) {
                    return new StableReferences(system);
                }
            };

    private final ActorSystem<?> system;
    private final AtomicLong created = new AtomicLong();
    private final Map<String, ActorRef<SupervisorCommand>> roots = new ConcurrentHashMap<>();

    /** By path of the supervisor, then by id of the child. */
    private final Map<String, Map<String, ActorRef<Object>>> relays = new ConcurrentHashMap<>();

    private StableReferences(ActorSystem<?> system) {
        this.system = system;
    }

    /** The references of this actor system. */
    public static StableReferences get(ActorSystem<?> system) {
        return ID.apply(system);
    }

    /**
     * The reference to the child at this path, which need not exist yet.
     *
     * @param path from the root, such as {@code /acme/line7/devices/printer}
     * @return the same reference for the same path; the caller has to know the child's message type
     */
    public <T> ActorRef<T> to(String path) {
        int slash = path.lastIndexOf('/');
        if (slash <= 0 || slash == path.length() - 1) {
            throw new IllegalArgumentException(
                    "a child's path is /root/.../child, got \"" + path + "\"");
        }
        ActorRef<Object> relay = relayTo(path, slash);
        rootOf(path).ifPresent(root -> root.tell(new SupervisorNotice.Locate(path, relay)));
        return relay.narrow();
    }

    /**
     * Gives up all references to children at or below this path; what they still keep is refused.
     */
    public void release(String path) {
        relays.forEach(
                (parent, children) ->
                        children.forEach(
                                (id, relay) -> {
                                    String whole = parent + "/" + id;
                                    if (whole.equals(path) || whole.startsWith(path + "/")) {
                                        children.remove(id, relay);
                                        relay.tell(new Relay.Release());
                                    }
                                }));
    }

    /** The live map of references to children of the supervisor that starts at this path. */
    Map<String, ActorRef<Object>> enter(String supervisorPath) {
        return relays.computeIfAbsent(supervisorPath, path -> new ConcurrentHashMap<>());
    }

    /** The supervisor at this path has stopped; references to its children stay. */
    void leave(String supervisorPath, ActorRef<SupervisorCommand> supervisor) {
        roots.remove(supervisorPath, supervisor);
        relays.computeIfPresent(
                supervisorPath, (path, children) -> children.isEmpty() ? null : children);
    }

    void rootStarts(String path, ActorRef<SupervisorCommand> root) {
        roots.put(path, root);
    }

    /** In one step with {@link #leave}, so that no reference is put into a map that was left. */
    private ActorRef<Object> relayTo(String path, int slash) {
        String id = path.substring(slash + 1);
        Map<String, ActorRef<Object>> siblings =
                relays.compute(
                        path.substring(0, slash),
                        (parent, existing) -> {
                            Map<String, ActorRef<Object>> children =
                                    existing == null ? new ConcurrentHashMap<>() : existing;
                            children.computeIfAbsent(id, missing -> spawn(path));
                            return children;
                        });
        return Objects.requireNonNull(siblings.get(id), "released at once");
    }

    private Optional<ActorRef<SupervisorCommand>> rootOf(String path) {
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            ActorRef<SupervisorCommand> root = roots.get(path.substring(0, end));
            if (root != null) {
                return Optional.of(root);
            }
        }
        return Optional.empty();
    }

    private ActorRef<Object> spawn(String path) {
        return system.systemActorOf(
                Relay.create(path),
                "supervision-reference-" + created.incrementAndGet(),
                Props.empty());
    }
}
