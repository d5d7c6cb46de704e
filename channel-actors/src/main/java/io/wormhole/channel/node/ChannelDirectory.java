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
import io.wormhole.protocol.crypto.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * The durable list of an operator's channels that are not over, with their partners, so that all
 * are watched after a restart and each partner's are found when its link comes up.
 */
final class ChannelDirectory
        extends EventSourcedBehavior<
                ChannelDirectory.Command, DirectoryEvent, ChannelDirectory.Listing> {
    /** What the actor understands. */
    sealed interface Command {}

    /** Adds a channel; answered when stored. */
    record Enlist(ChannelId channel, PublicKey partner, ActorRef<Done> replyTo)
            implements Command {}

    /** Removes a channel that is over. */
    record Strike(ChannelId channel) implements Command {}

    /** Asks for all, or for those with one partner. */
    record Read(Optional<PublicKey> partner, ActorRef<List<ChannelId>> replyTo)
            implements Command {}

    /** The channels in the order of their listing; touched by this actor alone. */
    static final class Listing {
        // An empty partner: listed before partners were.
        private final Map<ChannelId, ByteString> partners = new LinkedHashMap<>();

        private List<ChannelId> of(Optional<PublicKey> partner) {
            if (partner.isEmpty()) {
                return List.copyOf(partners.keySet());
            }
            ByteString wanted = bytes(partner.get().bytes());
            return partners.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty() || entry.getValue().equals(wanted))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Listing after(DirectoryEvent event) {
            if (event.hasListed()) {
                add(event.getListed());
            } else {
                partners.remove(channel(event.getUnlisted().getChannel()));
            }
            return this;
        }

        private void add(ChannelListed listed) {
            partners.put(channel(listed.getChannel()), listed.getPartner());
        }
    }

    private static final int EVENTS_PER_SNAPSHOT = 1_000;

    private final Consumer<List<ChannelId>> recovered;

    private ChannelDirectory(Address owner, Consumer<List<ChannelId>> recovered) {
        super(PersistenceId.of("channel-directory", owner.toString()));
        this.recovered = recovered;
    }

    /** The directory of {@code owner}; {@code recovered} is told all channels after a start. */
    static Behavior<Command> create(Address owner, Consumer<List<ChannelId>> recovered) {
        return Behaviors.setup(context -> new ChannelDirectory(owner, recovered));
    }

    @Override
    public Listing emptyState() {
        return new Listing();
    }

    @Override
    public CommandHandler<Command, DirectoryEvent, Listing> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Enlist.class, this::enlist)
                .onCommand(Strike.class, this::strike)
                .onCommand(
                        Read.class,
                        (listing, read) ->
                                Effect().reply(read.replyTo(), listing.of(read.partner())))
                .build();
    }

    private Effect<DirectoryEvent, Listing> enlist(Listing listing, Enlist enlist) {
        if (listing.partners.containsKey(enlist.channel())) {
            return Effect().reply(enlist.replyTo(), Done.done());
        }
        ChannelListed listed = listed(enlist.channel(), bytes(enlist.partner().bytes()));
        return Effect()
                .persist(DirectoryEvent.newBuilder().setListed(listed).build())
                .thenReply(enlist.replyTo(), after -> Done.done());
    }

    private static ChannelListed listed(ChannelId channel, ByteString partner) {
        return ChannelListed.newBuilder()
                .setChannel(bytes(channel.encoded()))
                .setPartner(partner)
                .build();
    }

    private Effect<DirectoryEvent, Listing> strike(Listing listing, Strike strike) {
        if (!listing.partners.containsKey(strike.channel())) {
            return Effect().none();
        }
        ChannelUnlisted unlisted =
                ChannelUnlisted.newBuilder().setChannel(bytes(strike.channel().encoded())).build();
        return Effect().persist(DirectoryEvent.newBuilder().setUnlisted(unlisted).build());
    }

    @Override
    public EventHandler<Listing, DirectoryEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(Listing::after);
    }

    @Override
    public SignalHandler<Listing> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.class,
                        (listing, signal) -> recovered.accept(listing.of(Optional.empty())))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
    }

    @Override
    public SnapshotAdapter<Listing> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Listing listing) {
                DirectorySnapshot.Builder out = DirectorySnapshot.newBuilder();
                listing.partners.forEach(
                        (channel, partner) -> out.addListed(listed(channel, partner)));
                return out.build();
            }

            @Override
            public Listing fromJournal(Object stored) {
                DirectorySnapshot in = (DirectorySnapshot) stored;
                Listing listing = new Listing();
                in.getChannelsList()
                        .forEach(field -> listing.partners.put(channel(field), ByteString.EMPTY));
                in.getListedList().forEach(listing::add);
                return listing;
            }
        };
    }

    private static ByteString bytes(Bytes content) {
        return ByteString.copyFrom(content.toArray());
    }

    private static ChannelId channel(ByteString field) {
        return new ChannelId(new Hash(Bytes.of(field.toByteArray())));
    }
}
