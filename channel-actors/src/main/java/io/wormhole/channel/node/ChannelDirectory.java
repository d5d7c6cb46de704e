package io.wormhole.channel.node;

import com.google.protobuf.ByteString;
import io.wormhole.channel.proto.ChannelListed;
import io.wormhole.channel.proto.ChannelUnlisted;
import io.wormhole.channel.proto.DirectoryEvent;
import io.wormhole.channel.proto.DirectorySnapshot;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
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
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The durable list of an operator's channels that are not over, so that all are watched after a
 * restart.
 */
final class ChannelDirectory
        extends EventSourcedBehavior<ChannelDirectory.Command, DirectoryEvent, Set<ChannelId>> {
    /** What the actor understands. */
    sealed interface Command {}

    /** Adds a channel; answered when stored. */
    record Enlist(ChannelId channel, ActorRef<Done> replyTo) implements Command {}

    /** Removes a channel that is over. */
    record Strike(ChannelId channel) implements Command {}

    /** Asks for all. */
    record Read(ActorRef<List<ChannelId>> replyTo) implements Command {}

    private static final int EVENTS_PER_SNAPSHOT = 500;

    private final Consumer<Set<ChannelId>> recovered;

    private ChannelDirectory(Address owner, Consumer<Set<ChannelId>> recovered) {
        super(PersistenceId.of("channel-directory", owner.toString()));
        this.recovered = recovered;
    }

    /** The directory of {@code owner}; {@code recovered} is told all channels after a start. */
    static Behavior<Command> create(Address owner, Consumer<Set<ChannelId>> recovered) {
        return Behaviors.setup(context -> new ChannelDirectory(owner, recovered));
    }

    @Override
    public Set<ChannelId> emptyState() {
        return Set.of();
    }

    @Override
    public CommandHandler<Command, DirectoryEvent, Set<ChannelId>> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Enlist.class, this::enlist)
                .onCommand(Strike.class, this::strike)
                .onCommand(
                        Read.class,
                        (channels, read) -> Effect().reply(read.replyTo(), List.copyOf(channels)))
                .build();
    }

    private Effect<DirectoryEvent, Set<ChannelId>> enlist(Set<ChannelId> channels, Enlist enlist) {
        if (channels.contains(enlist.channel())) {
            return Effect().reply(enlist.replyTo(), Done.done());
        }
        ChannelListed listed =
                ChannelListed.newBuilder().setChannel(bytes(enlist.channel())).build();
        return Effect()
                .persist(DirectoryEvent.newBuilder().setListed(listed).build())
                .thenReply(enlist.replyTo(), after -> Done.done());
    }

    private Effect<DirectoryEvent, Set<ChannelId>> strike(Set<ChannelId> channels, Strike strike) {
        if (!channels.contains(strike.channel())) {
            return Effect().none();
        }
        ChannelUnlisted unlisted =
                ChannelUnlisted.newBuilder().setChannel(bytes(strike.channel())).build();
        return Effect().persist(DirectoryEvent.newBuilder().setUnlisted(unlisted).build());
    }

    @Override
    public EventHandler<Set<ChannelId>, DirectoryEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(ChannelDirectory::after);
    }

    private static Set<ChannelId> after(Set<ChannelId> channels, DirectoryEvent event) {
        Set<ChannelId> next = new TreeSet<>(channels);
        if (event.hasListed()) {
            next.add(channel(event.getListed().getChannel()));
        } else {
            next.remove(channel(event.getUnlisted().getChannel()));
        }
        return next;
    }

    @Override
    public SignalHandler<Set<ChannelId>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (channels, signal) -> recovered.accept(channels))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
    }

    @Override
    public SnapshotAdapter<Set<ChannelId>> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Set<ChannelId> channels) {
                return DirectorySnapshot.newBuilder()
                        .addAllChannels(channels.stream().map(c -> bytes(c)).toList())
                        .build();
            }

            @Override
            public Set<ChannelId> fromJournal(Object stored) {
                Set<ChannelId> channels = new TreeSet<>();
                ((DirectorySnapshot) stored)
                        .getChannelsList()
                        .forEach(field -> channels.add(channel(field)));
                return channels;
            }
        };
    }

    private static ByteString bytes(ChannelId channel) {
        return ByteString.copyFrom(channel.encoded().toArray());
    }

    private static ChannelId channel(ByteString field) {
        return new ChannelId(new Hash(Bytes.of(field.toByteArray())));
    }
}
