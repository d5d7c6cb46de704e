package io.wormhole.supervision;

import java.util.Map;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Gives messages that died in the mailbox of an ended incarnation back to the relay that forwarded
 * them.
 */
final class DeadLetterDesk {

    private DeadLetterDesk() {}

    /** Comes back to the relay after all dead letters that were published before it was sent. */
    record Marker(ActorRef<Object> relay) {}

    static Behavior<Object> create(Map<org.apache.pekko.actor.ActorRef, ActorRef<Object>> relays) {
        return Behaviors.receive(Object.class)
                .onMessage(DeadLetter.class, letter -> onDeadLetter(relays, letter))
                .onMessage(Marker.class, DeadLetterDesk::onMarker)
                .build();
    }

    private static Behavior<Object> onDeadLetter(
            Map<org.apache.pekko.actor.ActorRef, ActorRef<Object>> relays, DeadLetter letter) {
        ActorRef<Object> relay = letter.sender() == null ? null : relays.get(letter.sender());
        if (relay != null) {
            relay.tell(new Relay.Reclaimed(letter.message()));
        }
        return Behaviors.same();
    }

    private static Behavior<Object> onMarker(Marker marker) {
        marker.relay().tell(new Relay.CaughtUp());
        return Behaviors.same();
    }
}
