package io.wormhole.runtime.line;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.runtime.proto.LineDirectoryEvent;
import io.wormhole.runtime.proto.LineListed;
import io.wormhole.runtime.proto.LineUnlisted;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** The durable list of an operator's lines, so that all of them run again after a restart. */
final class LineDirectory
        extends EventSourcedBehavior<LineDirectory.Command, LineDirectoryEvent, Set<String>> {
    /** What the actor understands. */
    sealed interface Command {}

    /** Adds a line; answered when stored. */
    record Enlist(String name, ActorRef<Done> replyTo) implements Command {}

    /** Removes a line. */
    record Strike(String name, ActorRef<Done> replyTo) implements Command {}

    /** Asks for all names. */
    record Read(ActorRef<List<String>> replyTo) implements Command {}

    private final Consumer<Set<String>> recovered;

    private LineDirectory(Address owner, Consumer<Set<String>> recovered) {
        super(PersistenceId.of("line-directory", owner.toString()));
        this.recovered = recovered;
    }

    /** The directory of {@code owner}; {@code recovered} is told all names after a start. */
    static Behavior<Command> create(Address owner, Consumer<Set<String>> recovered) {
        return Behaviors.setup(context -> new LineDirectory(owner, recovered));
    }

    @Override
    public Set<String> emptyState() {
        return Set.of();
    }

    @Override
    public CommandHandler<Command, LineDirectoryEvent, Set<String>> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Enlist.class,
                        (names, enlist) ->
                                names.contains(enlist.name())
                                        ? Effect().reply(enlist.replyTo(), Done.done())
                                        : Effect()
                                                .persist(listed(enlist.name()))
                                                .thenReply(enlist.replyTo(), after -> Done.done()))
                .onCommand(
                        Strike.class,
                        (names, strike) ->
                                names.contains(strike.name())
                                        ? Effect()
                                                .persist(unlisted(strike.name()))
                                                .thenReply(strike.replyTo(), after -> Done.done())
                                        : Effect().reply(strike.replyTo(), Done.done()))
                .onCommand(
                        Read.class,
                        (names, read) -> Effect().reply(read.replyTo(), List.copyOf(names)))
                .build();
    }

    private static LineDirectoryEvent listed(String name) {
        return LineDirectoryEvent.newBuilder()
                .setListed(LineListed.newBuilder().setName(name))
                .build();
    }

    private static LineDirectoryEvent unlisted(String name) {
        return LineDirectoryEvent.newBuilder()
                .setUnlisted(LineUnlisted.newBuilder().setName(name))
                .build();
    }

    @Override
    public EventHandler<Set<String>, LineDirectoryEvent> eventHandler() {
        return newEventHandlerBuilder()
                .forAnyState()
                .onAnyEvent(
                        (names, event) -> {
                            Set<String> next = new TreeSet<>(names);
                            if (event.hasListed()) {
                                next.add(event.getListed().getName());
                            } else {
                                next.remove(event.getUnlisted().getName());
                            }
                            return next;
                        });
    }

    @Override
    public SignalHandler<Set<String>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (names, signal) -> recovered.accept(names))
                .build();
    }
}
