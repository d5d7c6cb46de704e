package io.wormhole.cluster.journal;

import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** An event-sourced list of words, with a snapshot after every tenth. */
final class Diary extends EventSourcedBehavior<Diary.Command, String, String> {
    sealed interface Command {}

    record Write(String word, ActorRef<Done> replyTo) implements Command {}

    record Read(ActorRef<String> replyTo) implements Command {}

    private Diary(String name) {
        super(PersistenceId.ofUniqueId(name));
    }

    static Behavior<Command> create(String name) {
        return new Diary(name);
    }

    @Override
    public String emptyState() {
        return "";
    }

    @Override
    public CommandHandler<Command, String, String> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Write.class,
                        write ->
                                Effect()
                                        .persist(write.word())
                                        .thenReply(write.replyTo(), state -> Done.getInstance()))
                .onCommand(Read.class, (state, read) -> Effect().reply(read.replyTo(), state))
                .build();
    }

    @Override
    public EventHandler<String, String> eventHandler() {
        return newEventHandlerBuilder()
                .forAnyState()
                .onAnyEvent((state, word) -> state.isEmpty() ? word : state + " " + word);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(10, 2);
    }
}
