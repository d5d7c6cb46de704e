package io.wormhole.channel.entity;

import io.wormhole.channel.decider.Absent;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Decision;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.wire.EventCodec;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** One side of one channel: holds the memory, stores events, then acts on the world. */
public final class ChannelEntity
        extends EventSourcedBehavior<ChannelEntity.Command, ChannelEvent, ChannelMemory> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** Something happened; the answer says what came of it, after it is stored. */
    public record Perform(ChannelAction action, ActorRef<Answer> replyTo) implements Command {}

    /**
     * The partner said something, or its link came up; ignored when the sender is not the partner.
     */
    public record PartnerDid(PublicKey sender, ChannelAction action) implements Command {}

    /** Asks for the memory. */
    public record Inspect(ActorRef<ChannelMemory> replyTo) implements Command {}

    /** What came of an action. */
    public sealed interface Answer {}

    /** It is stored, or was already. */
    public record Done(ChannelMemory memory) implements Answer {}

    /** It is refused; nothing changed. */
    public record Refused(String reason) implements Answer {}

    private static final int EVENTS_PER_SNAPSHOT = 100;

    private final ActorContext<Command> context;
    private final ChannelId channel;
    private final Tools tools;
    private final ChannelWorld world;

    private ChannelEntity(
            ActorContext<Command> context, ChannelId channel, Tools tools, ChannelWorld world) {
        super(persistenceId(channel, tools));
        this.context = context;
        this.channel = channel;
        this.tools = tools;
        this.world = world;
    }

    /** The actor of {@code channel} on the side of the key in {@code tools}. */
    public static Behavior<Command> create(ChannelId channel, Tools tools, ChannelWorld world) {
        return Behaviors.setup(context -> new ChannelEntity(context, channel, tools, world));
    }

    // Both sides of a channel may live in one cluster, so the side's address is in the id.
    private static PersistenceId persistenceId(ChannelId channel, Tools tools) {
        return PersistenceId.of("channel", channel + "~" + tools.key().address());
    }

    @Override
    public ChannelMemory emptyState() {
        return new Absent();
    }

    @Override
    public CommandHandler<Command, ChannelEvent, ChannelMemory> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Perform.class, this::perform)
                .onCommand(PartnerDid.class, this::partnerDid)
                .onCommand(
                        Inspect.class,
                        (memory, inspect) -> Effect().reply(inspect.replyTo(), memory))
                .build();
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory> perform(
            ChannelMemory memory, Perform perform) {
        Decision decision = memory.on(perform.action(), tools.at(world.height()));
        if (decision instanceof Decision.Accepted accepted) {
            return Effect()
                    .persist(accepted.events())
                    .thenRun(
                            after -> {
                                accepted.effects().forEach(effect -> carryOut(after, effect));
                                attend(after, perform.action());
                                perform.replyTo().tell(new Done(after));
                            });
        }
        Decision.Refused refused = (Decision.Refused) decision;
        context.getLog().debug("channel {}: refused: {}", channel, refused.refusal().message());
        return Effect()
                .none()
                .thenRun(
                        unchanged -> {
                            refused.effects().forEach(effect -> carryOut(unchanged, effect));
                            perform.replyTo().tell(new Refused(refused.refusal().message()));
                        });
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory>
            partnerDid(ChannelMemory memory, PartnerDid did) {
        boolean partner =
                memory instanceof KnownChannel known
                        && known.party().partnerKey().equals(did.sender());
        return partner
                ? perform(memory, new Perform(did.action(), context.getSystem().ignoreRef()))
                : Effect().none();
    }

    private void carryOut(ChannelMemory memory, Effect effect) {
        if (effect instanceof Effect.Send send && memory instanceof KnownChannel known) {
            world.send(known.party().partnerKey(), channel, send.message());
        } else if (effect instanceof Effect.Submit submit) {
            world.submit(channel, submit);
        } else {
            world.tell(channel, effect);
        }
    }

    private void attend(ChannelMemory memory, ChannelAction action) {
        if (memory.awaitsChain()) {
            world.attend(channel);
        } else if (action instanceof ChannelAction.ChainSeen) {
            world.rest(channel);
        }
    }

    // Whatever was on its way when the actor stopped, in either direction, is asked for again.
    private void recovered(ChannelMemory memory) {
        if (memory.on(new ChannelAction.Connected(), tools) instanceof Decision.Accepted owed) {
            owed.effects().forEach(effect -> carryOut(memory, effect));
        }
        if (memory.awaitsChain()) {
            world.attend(channel);
        }
    }

    @Override
    public EventHandler<ChannelMemory, ChannelEvent> eventHandler() {
        return newEventHandlerBuilder()
                .forAnyState()
                .onAnyEvent((memory, event) -> memory.after(event, tools));
    }

    @Override
    public SignalHandler<ChannelMemory> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (memory, signal) -> recovered(memory))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
    }

    @Override
    public EventAdapter<ChannelEvent, io.wormhole.channel.proto.ChannelEvent> eventAdapter() {
        return new StoredEvents();
    }

    @Override
    public SnapshotAdapter<ChannelMemory> snapshotAdapter() {
        return new StoredMemory();
    }

    private static final class StoredEvents
            extends EventAdapter<ChannelEvent, io.wormhole.channel.proto.ChannelEvent> {
        @Override
        public io.wormhole.channel.proto.ChannelEvent toJournal(ChannelEvent event) {
            return EventCodec.encode(event);
        }

        @Override
        public String manifest(ChannelEvent event) {
            return "";
        }

        @Override
        public EventSeq<ChannelEvent> fromJournal(
                io.wormhole.channel.proto.ChannelEvent stored, String manifest) {
            return EventSeq.single(EventCodec.decode(stored));
        }
    }

    private final class StoredMemory implements SnapshotAdapter<ChannelMemory> {
        @Override
        public Object toJournal(ChannelMemory memory) {
            return SnapshotCodec.encode(memory);
        }

        @Override
        public ChannelMemory fromJournal(Object stored) {
            return SnapshotCodec.decode((MemorySnapshot) stored, tools.rules());
        }
    }
}
