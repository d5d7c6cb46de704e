package io.wormhole.supervision;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * The supervisor as its children know it.
 *
 * @param path from the root
 * @param self the supervisor
 */
record Home(String path, ActorRef<SupervisorCommand> self) {

    String pathOf(String childId) {
        return path + "/" + childId;
    }
}
