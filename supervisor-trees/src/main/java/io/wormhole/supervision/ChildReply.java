package io.wormhole.supervision;

import org.apache.pekko.actor.typed.ActorRef;

/** Answer to a request that starts, stops or deletes a child. */
public sealed interface ChildReply {

    /**
     * The child has started.
     *
     * @param id its id
     * @param ref this incarnation; use a stable reference to survive restarts
     */
    record Started(String id, ActorRef<?> ref) implements ChildReply {

        /** The reference as one to messages of type T, which the caller has to know. */
        @SuppressWarnings("unchecked")
        public <T> ActorRef<T> as() {
            return (ActorRef<T>) ref;
        }
    }

    /**
     * The child chose not to run; OTP's {@code {ok, undefined}}.
     *
     * @param id its id
     */
    record Ignored(String id) implements ChildReply {}

    /**
     * It is stopped or deleted; OTP's {@code ok}.
     *
     * @param id the child
     */
    record Done(String id) implements ChildReply {}

    /**
     * Nothing was changed; OTP's {@code {error, Reason}}.
     *
     * @param id the child
     * @param refusal why
     */
    record Refused(String id, Refusal refusal) implements ChildReply {}
}
