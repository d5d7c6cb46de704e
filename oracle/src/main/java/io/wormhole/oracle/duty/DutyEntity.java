package io.wormhole.oracle.duty;

import io.wormhole.oracle.feed.Evidence;
import io.wormhole.oracle.proto.DutyEvent;
import io.wormhole.oracle.proto.DutySnapshot;
import io.wormhole.oracle.proto.QuestionAsked;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.QuestionBook.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/**
 * Carries out what {@link Role} says about each question: looks at it whenever the chain moves,
 * reads feeds, stores what it says, and only then has it brought to the chain.
 */
public final class DutyEntity
        extends EventSourcedBehavior<DutyEntity.Command, DutyEvent, DutyMemory> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** Asks a question of our own; repeating a request joins it. */
    public record Ask(
            String request, Wording wording, Optional<String> plan, ActorRef<Said> replyTo)
            implements Command {}

    /** What is asked, and when it can be answered. */
    public record Wording(
            String text, Optional<Hash> content, BlockHeight opensAt, long windowBlocks) {}

    /** Somebody says what holds; for a question without feeds, or where feeds gave nothing. */
    public record Decide(OracleId oracle, Answer answer, String reason, ActorRef<Said> replyTo)
            implements Command {}

    /** Asks what is remembered. */
    public record Inspect(ActorRef<DutyMemory> replyTo) implements Command {}

    /** Looks at one question of the chain now. */
    public record Look(OracleId oracle) implements Command {}

    /** The chain moved: looks at all that is followed. */
    public record LookAfterAll() implements Command {}

    record Weighed(Decide decide, Optional<Question> question, String otherwise)
            implements Command {}

    record Seen(OracleId oracle, Optional<Standing> head, Optional<Standing> settled)
            implements Command {}

    record Judged(OracleId oracle, Evidence evidence) implements Command {}

    record Brought(String place, OracleId oracle, String step, Purse.Brought result)
            implements Command {}

    record Asked(String request, Purse.Brought result, Optional<OracleId> oracle)
            implements Command {}

    record Failed(String place, String what, Throwable cause) implements Command {}

    /** The answer to a request. */
    public sealed interface Said {
        /** It is stored and will be done. */
        record Stored() implements Said {}

        /** It is not done. */
        record Refused(String reason) implements Said {}
    }

    private static final int EVENTS_PER_SNAPSHOT = 500;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final ActorContext<Command> context;
    private final Role role;
    private final DutyParts parts;
    private final DutyEffects effects;
    private final Bonds bonds;

    private DutyEntity(ActorContext<Command> context, Role role, DutyParts parts) {
        super(
                PersistenceId.of("oracle-" + role.id(), parts.purse().address().toString()),
                SupervisorStrategy.restartWithBackoff(FIRST_RETRY, LAST_RETRY, 0.1));
        this.context = context;
        this.role = role;
        this.parts = parts;
        this.effects = new DutyEffects(context, parts);
        this.bonds = new Bonds(parts.budget(), parts.purse().address());
    }

    /** The actor of one role and account. */
    public static Behavior<Command> create(Role role, DutyParts parts) {
        return Behaviors.setup(context -> new DutyEntity(context, role, parts));
    }

    @Override
    public DutyMemory emptyState() {
        return DutyMemory.NEW;
    }

    @Override
    public CommandHandler<Command, DutyEvent, DutyMemory> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Ask.class, this::ask)
                .onCommand(Decide.class, this::decide)
                .onCommand(Weighed.class, this::weighed)
                .onCommand(
                        Inspect.class,
                        (memory, inspect) -> Effect().reply(inspect.replyTo(), memory))
                .onCommand(Look.class, this::look)
                .onCommand(LookAfterAll.class, this::lookAfterAll)
                .onCommand(Seen.class, this::seen)
                .onCommand(Judged.class, this::judged)
                .onCommand(Brought.class, this::brought)
                .onCommand(Asked.class, this::asked)
                .onCommand(Failed.class, this::failed)
                .build();
    }

    private Effect<DutyEvent, DutyMemory> ask(DutyMemory memory, Ask ask) {
        boolean isUnknownPlan = ask.plan().filter(p -> !parts.plans().containsKey(p)).isPresent();
        if (isUnknownPlan) {
            return Effect()
                    .reply(
                            ask.replyTo(),
                            new Said.Refused("there is no feed plan " + ask.plan().get()));
        }
        int bytes = ask.wording().text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Question.MAXIMUM_TEXT_BYTES) {
            String reason = "the question has %d bytes, allowed are %d";
            return Effect()
                    .reply(
                            ask.replyTo(),
                            new Said.Refused(reason.formatted(bytes, Question.MAXIMUM_TEXT_BYTES)));
        }
        boolean isKnown =
                memory.asked().containsKey(ask.request())
                        || memory.duties().values().stream()
                                .anyMatch(d -> d.request().equals(Optional.of(ask.request())));
        if (isKnown) {
            return Effect().reply(ask.replyTo(), new Said.Stored());
        }
        return Effect()
                .persist(DutyEvents.asked(ask))
                .thenRun(effects::bringRequests)
                .thenReply(ask.replyTo(), after -> new Said.Stored());
    }

    private Effect<DutyEvent, DutyMemory> asked(DutyMemory memory, Asked asked) {
        effects.ended("ask/" + asked.request());
        QuestionAsked request = memory.asked().get(asked.request());
        if (request == null) {
            return Effect().none();
        }
        if (asked.result() instanceof Purse.Brought.Refused refused) {
            context.getLog()
                    .warn(
                            "question {} is refused: {}: {}",
                            asked.request(),
                            refused.code(),
                            refused.reason());
            return Effect().persist(DutyEvents.dropped(asked.request(), refused));
        }
        if (asked.oracle().isEmpty()) {
            return Effect().none();
        }
        return Effect()
                .persist(
                        DutyEvents.taken(
                                asked.oracle().get(),
                                request.getPlan(),
                                asked.request(),
                                parts.terms().deposit(request.getWindowBlocks())))
                .thenRun(after -> effects.begin(asked.oracle().get()));
    }

    private Effect<DutyEvent, DutyMemory> decide(DutyMemory memory, Decide decide) {
        if (memory.duty(decide.oracle()).isEmpty() && role != Role.VOTER) {
            if (role == Role.OPERATOR) {
                return refuse(decide, "this node did not ask " + decide.oracle());
            }
            effects.weigh(decide);
            return Effect().none();
        }
        return decided(memory, decide, Amount.ZERO);
    }

    private Effect<DutyEvent, DutyMemory> refuse(Decide decide, String reason) {
        return Effect().reply(decide.replyTo(), new Said.Refused(reason));
    }

    /** By hand a challenger may go beyond its budget; what it puts up counts all the same. */
    private Effect<DutyEvent, DutyMemory> weighed(DutyMemory memory, Weighed weighed) {
        return weighed.question().isPresent()
                ? decided(memory, weighed.decide(), weighed.question().get().deposit())
                : refuse(weighed.decide(), weighed.otherwise());
    }

    private Effect<DutyEvent, DutyMemory> decided(DutyMemory memory, Decide decide, Amount bond) {
        Optional<Duty> duty = memory.duty(decide.oracle());
        Optional<Answer> before = duty.flatMap(Duty::decided).map(Duty.Decided::answer);
        if (before.isPresent()) {
            return before.get() == decide.answer()
                    ? Effect().reply(decide.replyTo(), new Said.Stored())
                    : refuse(decide, "%s is decided and stays".formatted(before.get()));
        }
        List<DutyEvent> events = new ArrayList<>();
        if (duty.isEmpty()) {
            events.add(DutyEvents.taken(decide.oracle(), "", "", bond));
        }
        events.add(
                DutyEvents.decided(
                        decide.oracle(), Evidence.ofHand(decide.answer(), decide.reason())));
        return Effect()
                .persist(events)
                .thenRun(after -> effects.begin(decide.oracle()))
                .thenReply(decide.replyTo(), after -> new Said.Stored());
    }

    private Effect<DutyEvent, DutyMemory> look(DutyMemory memory, Look look) {
        if (memory.duty(look.oracle()).filter(Duty::isOver).isEmpty()) {
            effects.begin(look.oracle());
        }
        return Effect().none();
    }

    private Effect<DutyEvent, DutyMemory> lookAfterAll(DutyMemory memory, LookAfterAll all) {
        effects.bringRequests(memory);
        memory.duties().values().stream()
                .filter(duty -> !duty.isOver())
                .forEach(duty -> effects.begin(duty.oracle()));
        return Effect().none();
    }

    private Effect<DutyEvent, DutyMemory> seen(DutyMemory memory, Seen seen) {
        effects.ended("look/" + seen.oracle());
        Optional<Duty> duty = memory.duty(seen.oracle());
        if (seen.settled().orElse(null) instanceof Standing.Settled settled) {
            return duty.filter(d -> !d.isOver()).isPresent()
                    ? Effect()
                            .persist(DutyEvents.ended(seen.oracle(), settled.question()))
                            .thenRun(after -> bonds.forget(seen.oracle()))
                    : Effect().none();
        }
        if (!(seen.head().orElse(null) instanceof Standing.Open open)) {
            return Effect().none();
        }
        bonds.note(duty, open.question());
        Sight sight = sight(memory, duty, open);
        if (duty.isPresent()) {
            role.next(duty.get(), sight).forEach(step -> effects.perform(duty.get(), step, sight));
            return Effect().none();
        }
        return take(sight);
    }

    private Sight sight(DutyMemory memory, Optional<Duty> duty, Standing.Open open) {
        return new Sight(
                open.question(),
                open.votes(),
                open.now().next(),
                parts.purse().address(),
                parts.terms(),
                bonds.left(memory, duty));
    }

    /** Follows a question of others that concerns this role, by the watch that fits. */
    private Effect<DutyEvent, DutyMemory> take(Sight sight) {
        Question question = sight.question();
        Amount bond = role == Role.CHALLENGER ? question.deposit() : Amount.ZERO;
        Optional<Watch> watch = Watch.of(parts.watches(), question, bond);
        boolean isTaken = role.isConcerned(sight) && (watch.isPresent() || role == Role.VOTER);
        if (!isTaken) {
            return Effect().none();
        }
        return Effect()
                .persist(
                        DutyEvents.taken(
                                question.id(), watch.map(Watch::plan).orElse(""), "", bond))
                .thenRun(after -> effects.begin(question.id()));
    }

    private Effect<DutyEvent, DutyMemory> judged(DutyMemory memory, Judged judged) {
        effects.ended("feed/" + judged.oracle());
        Optional<Duty> duty = memory.duty(judged.oracle());
        if (judged.evidence().answer().isEmpty()) {
            context.getLog()
                    .info(
                            "question {}: no answer yet: {}",
                            judged.oracle(),
                            judged.evidence().text());
            return Effect().none();
        }
        return duty.flatMap(Duty::decided).isPresent() || isBeyondBudget(memory, duty)
                ? Effect().none()
                : Effect()
                        .persist(DutyEvents.decided(judged.oracle(), judged.evidence()))
                        .thenRun(after -> effects.begin(judged.oracle()));
    }

    /**
     * Feeds of several questions were read at once, and others of them have taken what was left.
     */
    private boolean isBeyondBudget(DutyMemory memory, Optional<Duty> duty) {
        return role == Role.CHALLENGER
                && duty.filter(one -> !bonds.left(memory, duty).covers(one.bond())).isPresent();
    }

    private Effect<DutyEvent, DutyMemory> brought(DutyMemory memory, Brought brought) {
        effects.ended(brought.place());
        if (brought.result() instanceof Purse.Brought.Refused refused) {
            context.getLog()
                    .warn(
                            "question {}: {} is refused: {}",
                            brought.oracle(),
                            brought.step(),
                            refused.reason());
        }
        return Effect()
                .persist(DutyEvents.brought(brought.oracle(), brought.step(), brought.result()));
    }

    /** Nothing is lost: the next look begins it anew. */
    private Effect<DutyEvent, DutyMemory> failed(DutyMemory memory, Failed failed) {
        effects.ended(failed.place());
        context.getLog().warn("{} failed: {}", failed.what(), failed.cause().toString());
        return Effect().none();
    }

    @Override
    public EventHandler<DutyMemory, DutyEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(DutyMemory::after);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
    }

    @Override
    public SnapshotAdapter<DutyMemory> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(DutyMemory memory) {
                return memory.snapshot();
            }

            @Override
            public DutyMemory fromJournal(Object stored) {
                return DutyMemory.of((DutySnapshot) stored);
            }
        };
    }
}
