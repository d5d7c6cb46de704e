package io.wormhole.cluster.formation;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/** A sharded, event-sourced entity that counts how often it was asked. */
final class Tally extends EventSourcedBehavior<Tally.Command, String, Long> {
    sealed interface Command {}

    record Count(ActorRef<Long> replyTo) implements Command {}

    private Tally(String id) {
        super(PersistenceId.of("tally", id));
    }

    static Behavior<Command> create(String id) {
        return new Tally(id);
    }

    @Override
    public Long emptyState() {
        return 0L;
    }

    @Override
    public CommandHandler<Command, String, Long> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Count.class,
                        count ->
                                Effect()
                                        .persist("asked")
                                        .thenReply(count.replyTo(), total -> total))
                .build();
    }

    @Override
    public EventHandler<Long, String> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent((total, event) -> total + 1);
    }
}
