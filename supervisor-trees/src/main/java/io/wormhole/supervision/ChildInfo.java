package io.wormhole.supervision;

import io.wormhole.supervision.policy.ChildType;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One entry of which_children.
 *
 * @param id its id
 * @param status what it is doing
 * @param ref the running incarnation, if any
 * @param type worker or supervisor
 */
public record ChildInfo(String id, ChildStatus status, Optional<ActorRef<?>> ref, ChildType type) {}
