package io.wormhole.channel.entity;

import io.wormhole.channel.decider.Absent;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Decision;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Refusal;
import io.wormhole.channel.decider.SignedAhead;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
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
     * Wants an update, and an answer when both have signed it or it will not be. Requests that wait
     * ride together in one update. Asking again under the same name joins what waits; of a name
     * that begins with {@link io.wormhole.channel.decider.DoneRequests#ONCE} also what is done.
     */
    public record Request(String request, Update update, ActorRef<Answer> replyTo)
            implements Command {}

    /** Wants several updates, which ride together; answered when each of them is. */
    public record RequestAll(List<Wanted> wanted, ActorRef<Answers> replyTo) implements Command {
        /** Copies the list. */
        public RequestAll {
            wanted = List.copyOf(wanted);
        }
    }

    /** An update, and its name as in {@link Request}. */
    public record Wanted(String request, Update update) {}

    /**
     * The partner said these things at once, or its link came up; ignored when the sender is not
     * the partner.
     */
    public record PartnerDid(PublicKey sender, List<ChannelAction> actions) implements Command {
        /** Copies the list. */
        public PartnerDid {
            actions = List.copyOf(actions);
        }
    }

    /** Asks for the memory. */
    public record Inspect(ActorRef<ChannelMemory> replyTo) implements Command {}

    /** What was stored before is durable: those who waited for it are told. */
    private record Durable(long upTo) implements Command, NoSerializationVerificationNeeded {}

    /** What came of an action. */
    public sealed interface Answer {}

    /** It is stored, or was already. */
    public record Done(ChannelMemory memory) implements Answer {}

    /** Both have signed the update of the request; {@code nonce} is that of the state after it. */
    public record Completed(String request, Nonce nonce) implements Answer {}

    /** It is refused; nothing changed. */
    public record Refused(String reason) implements Answer {}

    /** What came of all that was wanted together, in the same order. */
    public record Answers(List<Answer> answers) {
        /** Copies the list. */
        public Answers {
            answers = List.copyOf(answers);
        }
    }

    // A busy channel deletes its events before they are moved from the log into the table, which
    // costs more than snapshots do (decision 5).
    private static final int EVENTS_PER_SNAPSHOT = 15;
    // Requests wait here while a batch is stored, so there is room for as many as may wait.
    private static final int STASH = RequestQueue.MAXIMUM_WAITING;

    private final ActorContext<Command> context;
    private final ChannelId channel;
    private final Tools tools;
    private final ChannelWorld world;
    private final RequestQueue queue = new RequestQueue();
    // Wishes that came while an update of the queue was under way, by name.
    private final Map<String, Perform> deferred = new LinkedHashMap<>();
    // What was computed to decide, so that storing it computes nothing again.
    private final Deque<Turn.Evolved> evolved = new ArrayDeque<>();
    private final Untold untold = new Untold();
    private final Voice voice;
    private boolean storesSoon;
    private Optional<SignedAhead> ahead = Optional.empty();

    private ChannelEntity(
            ActorContext<Command> context, ChannelId channel, Tools tools, ChannelWorld world) {
        super(persistenceId(channel, tools));
        this.context = context;
        this.channel = channel;
        this.tools = tools;
        this.world = world;
        this.voice = new Voice(channel, world);
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
                .onCommand(Request.class, this::request)
                .onCommand(RequestAll.class, this::requestAll)
                .onCommand(PartnerDid.class, this::partnerDid)
                .onCommand(Durable.class, (memory, durable) -> durable(durable.upTo()))
                .onCommand(
                        Inspect.class,
                        (memory, inspect) -> Effect().reply(inspect.replyTo(), memory))
                .build();
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory> perform(
            ChannelMemory memory, Perform perform) {
        Optional<String> wish = RequestQueue.wish(perform.action());
        if (queue.isUnderWay() && wish.isPresent()) {
            Perform before = deferred.put(wish.get(), perform);
            if (before != null) {
                before.replyTo().tell(new Refused("the same was asked again"));
            }
            return Effect().none();
        }
        Turn turn = turn(memory);
        perform(turn, perform);
        return store(turn);
    }

    private void perform(Turn turn, Perform perform) {
        Optional<Refusal> refusal = take(turn, perform.action());
        turn.then(
                after ->
                        perform.replyTo()
                                .tell(
                                        refusal.<Answer>map(it -> new Refused(it.message()))
                                                .orElseGet(() -> new Done(after))));
    }

    private Optional<Refusal> take(Turn turn, ChannelAction action) {
        Optional<Refusal> refusal = turn.take(action);
        refusal.ifPresent(
                it -> context.getLog().debug("channel {}: refused: {}", channel, it.message()));
        turn.thenAtOnce(after -> voice.attend(after, action));
        return refusal;
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory> request(
            ChannelMemory memory, Request request) {
        queue.add(memory, new Wanted(request.request(), request.update()), request.replyTo()::tell);
        return store(turn(memory));
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory>
            requestAll(ChannelMemory memory, RequestAll all) {
        Asker.Together askers = new Asker.Together(all.wanted().size(), all.replyTo());
        for (int i = 0; i < all.wanted().size(); i++) {
            queue.add(memory, all.wanted().get(i), askers.at(i));
        }
        return store(turn(memory));
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory>
            partnerDid(ChannelMemory memory, PartnerDid did) {
        boolean partner =
                memory instanceof KnownChannel known
                        && known.party().partnerKey().equals(did.sender());
        if (!partner) {
            return Effect().none();
        }
        Turn turn = turn(memory);
        for (ChannelAction action : did.actions()) {
            take(turn, action);
        }
        return store(turn);
    }

    private Turn turn(ChannelMemory memory) {
        return new Turn(memory, tools.at(world.height(), world.answers()).with(ahead));
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory> store(
            Turn turn) {
        queue.takeBack(turn);
        deferred.values().removeIf(wanted -> performDeferred(turn, wanted));
        queue.fillRoom(turn);
        evolved.addAll(turn.evolved());
        storesSoon = turn.isSoonEnough();
        boolean durable = !turn.events().isEmpty() && !storesSoon;
        return Effect().persist(turn.events()).thenRun(after -> stored(after, turn, durable));
    }

    // DESIGN 5, crash rule: what leaves before it is durable is nothing that was signed with it.
    private void stored(ChannelMemory memory, Turn turn, boolean durable) {
        if (durable) {
            untold.tell(untold.last());
        }
        if (!turn.events().isEmpty()) {
            changed(memory);
        }
        voice.say(memory, turn.effects());
        turn.stored(memory);
        Runnable tell =
                () -> {
                    turn.effects().forEach(this::tell);
                    turn.durable(memory);
                };
        if (durable || (turn.events().isEmpty() && untold.isEmpty())) {
            tell.run();
        } else if (turn.tells()) {
            boolean first = untold.isEmpty();
            untold.add(tell);
            if (first) {
                awaitDurable();
            }
        }
        if (Voice.proposes(turn.effects())) {
            // While the partner is at work there is time for what it lets us sign.
            ahead = SignedAhead.of(memory, tools);
        }
    }

    private void awaitDurable() {
        long upTo = untold.last();
        context.pipeToSelf(
                world.durable(),
                // A journal that failed stops this actor with its next event; nobody is told.
                (done, failure) -> new Durable(failure == null ? upTo : 0));
    }

    private org.apache.pekko.persistence.typed.javadsl.Effect<ChannelEvent, ChannelMemory> durable(
            long upTo) {
        untold.tell(upTo);
        if (upTo > 0 && !untold.isEmpty()) {
            awaitDurable();
        }
        return Effect().none();
    }

    private void changed(ChannelMemory memory) {
        if (memory instanceof KnownChannel known) {
            world.changed(channel, known);
        }
    }

    private boolean performDeferred(Turn turn, Perform wanted) {
        if (turn.hasOffer()) {
            return false;
        }
        perform(turn, wanted);
        return true;
    }

    private void tell(Effect effect) {
        if (!(effect instanceof Effect.Send || effect instanceof Effect.Submit)) {
            answer(effect);
            world.tell(channel, effect);
        }
    }

    private void answer(Effect effect) {
        if (effect instanceof Effect.TellCompleted done) {
            Nonce nonce = done.position().state().nonce();
            queue.answered(done.request())
                    .ifPresent(asker -> asker.hear(new Completed(done.request(), nonce)));
        } else if (effect instanceof Effect.TellDropped dropped) {
            queue.answered(dropped.request())
                    .ifPresent(asker -> asker.hear(new Refused(dropped.reason())));
        }
    }

    // Whatever was on its way when the actor stopped, in either direction, is asked for again.
    private void recovered(ChannelMemory memory) {
        queue.recovered(memory);
        changed(memory);
        if (memory.on(new ChannelAction.Connected(), tools) instanceof Decision.Accepted owed) {
            voice.say(memory, owed.effects());
            owed.effects().forEach(this::tell);
        }
        if (memory.awaitsChain()) {
            world.attend(channel);
        }
    }

    @Override
    public EventHandler<ChannelMemory, ChannelEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(this::after);
    }

    private ChannelMemory after(ChannelMemory memory, ChannelEvent event) {
        Turn.Evolved known = evolved.poll();
        return known != null && known.before() == memory && known.event() == event
                ? known.after()
                : memory.after(event, tools);
    }

    @Override
    public Optional<Integer> stashCapacity() {
        return Optional.of(STASH);
    }

    @Override
    public SignalHandler<ChannelMemory> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (memory, signal) -> recovered(memory))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 1).withDeleteEventsOnSnapshot();
    }

    @Override
    public EventAdapter<ChannelEvent, io.wormhole.channel.proto.ChannelEvent> eventAdapter() {
        return new StoredEvents(tools.rules(), () -> storesSoon);
    }

    @Override
    public SnapshotAdapter<ChannelMemory> snapshotAdapter() {
        return new StoredMemory(tools.rules());
    }
}
