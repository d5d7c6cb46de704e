package io.wormhole.supervision;

import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** Keeps the stable references to the children of one supervisor told whether their child runs. */
final class References {

    private final Home home;
    private final StableReferences all;
    private final Map<String, ActorRef<Object>> relays;

    References(ActorSystem<?> system, Home home) {
        this.home = home;
        this.all = StableReferences.get(system);
        this.relays = all.enter(home.path());
    }

    void leave() {
        all.leave(home.path(), home.self());
    }

    void up(Slot slot) {
        if (!relays.isEmpty()) {
            tell(relays.get(slot.id()), slot);
        }
    }

    void down(Slot slot) {
        if (!relays.isEmpty()) {
            ActorRef<Object> relay = relays.get(slot.id());
            if (relay != null) {
                relay.tell(new Relay.Down(slot.spec.options().whileDown()));
            }
        }
    }

    /** Tells a new reference about its child, here or further down. */
    void locate(SupervisorNotice.Locate locate, ChildTable table) {
        String prefix = home.path() + "/";
        if (!locate.path().startsWith(prefix)) {
            return;
        }
        String rest = locate.path().substring(prefix.length());
        int slash = rest.indexOf('/');
        Slot slot = table.get(slash < 0 ? rest : rest.substring(0, slash));
        if (slot == null) {
            return;
        }
        if (slash < 0) {
            tell(locate.relay(), slot);
        } else if (slot.hasProcess() && slot.spec.kind() instanceof ChildKind.Subtree) {
            slot.liveRef().tell(locate);
        }
    }

    private static void tell(@Nullable ActorRef<Object> relay, Slot slot) {
        if (relay == null) {
            return;
        }
        WhileDown rule = slot.spec.options().whileDown();
        boolean runs = slot.status == ChildStatus.RUNNING || slot.status == ChildStatus.STOPPING;
        relay.tell(
                runs
                        ? new Relay.Up(slot.liveRef(), slot.liveIncarnation(), rule)
                        : new Relay.Down(rule));
    }
}
