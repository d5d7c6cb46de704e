package io.wormhole.oracle.duty;

import io.wormhole.oracle.feed.Evidence;
import io.wormhole.oracle.feed.FeedPlan;
import io.wormhole.oracle.proto.DutyEvent;
import io.wormhole.oracle.proto.DutySnapshot;
import io.wormhole.oracle.proto.QuestionAsked;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.QuestionBook.Standing;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private record Seen(OracleId oracle, Optional<Standing> head, Optional<Standing> settled)
            implements Command {}

    private record Judged(OracleId oracle, Evidence evidence) implements Command {}

    private record Brought(String place, OracleId oracle, String step, Purse.Brought result)
            implements Command {}

    private record Asked(String request, Purse.Brought result, Optional<OracleId> oracle)
            implements Command {}

    private record Failed(String place, String what, Throwable cause) implements Command {}

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
    // What is under way, so that nothing is begun twice; after a restart it is begun anew.
    private final Set<String> busy = new HashSet<>();
    private final Set<OracleId> humanTold = new HashSet<>();
    // Where the given answer is ours, as last seen: no bond of a challenger is needed.
    private final Set<OracleId> agreed = new HashSet<>();

    private DutyEntity(ActorContext<Command> context, Role role, DutyParts parts) {
        super(
                PersistenceId.of("oracle-" + role.id(), parts.purse().address().toString()),
                SupervisorStrategy.restartWithBackoff(FIRST_RETRY, LAST_RETRY, 0.1));
        this.context = context;
        this.role = role;
        this.parts = parts;
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
        boolean isKnown =
                memory.asked().containsKey(ask.request())
                        || memory.duties().values().stream()
                                .anyMatch(d -> d.request().equals(Optional.of(ask.request())));
        if (isKnown) {
            return Effect().reply(ask.replyTo(), new Said.Stored());
        }
        return Effect()
                .persist(DutyEvents.asked(ask))
                .thenRun(this::bringRequests)
                .thenReply(ask.replyTo(), after -> new Said.Stored());
    }

    private void bringRequests(DutyMemory memory) {
        memory.asked().values().stream()
                .filter(request -> busy.add("ask/" + request.getRequest()))
                .forEach(this::bringRequest);
    }

    private void bringRequest(QuestionAsked request) {
        Optional<Hash> content =
                request.getContent().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Hash(Bytes.of(request.getContent().toByteArray())));
        String place = "ask/" + request.getRequest();
        context.pipeToSelf(
                parts.purse()
                        .bring(
                                "oracle/" + place,
                                new OracleTransaction.Ask(
                                        request.getText(),
                                        new BlockHeight(request.getOpensAt()),
                                        request.getWindowBlocks()),
                                content)
                        .thenCompose(
                                result ->
                                        OracleFinder.find(parts.settlement(), result)
                                                .thenApply(
                                                        id ->
                                                                new Asked(
                                                                        request.getRequest(),
                                                                        result,
                                                                        id))),
                (asked, failure) -> asked != null ? asked : new Failed(place, "asking", failure));
    }

    private Effect<DutyEvent, DutyMemory> asked(DutyMemory memory, Asked asked) {
        busy.remove("ask/" + asked.request());
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
                .thenRun(after -> begin(asked.oracle().get()));
    }

    private Effect<DutyEvent, DutyMemory> decide(DutyMemory memory, Decide decide) {
        Optional<Duty> duty = memory.duty(decide.oracle());
        Optional<Answer> before = duty.flatMap(Duty::decided).map(Duty.Decided::answer);
        if (before.isPresent()) {
            Said said =
                    before.get() == decide.answer()
                            ? new Said.Stored()
                            : new Said.Refused("%s is decided and stays".formatted(before.get()));
            return Effect().reply(decide.replyTo(), said);
        }
        if (duty.isEmpty() && role == Role.OPERATOR) {
            return Effect()
                    .reply(
                            decide.replyTo(),
                            new Said.Refused("this node did not ask " + decide.oracle()));
        }
        List<DutyEvent> events = new ArrayList<>();
        if (duty.isEmpty()) {
            events.add(DutyEvents.taken(decide.oracle(), "", "", Amount.ZERO));
        }
        events.add(
                DutyEvents.decided(
                        decide.oracle(), Evidence.ofHand(decide.answer(), decide.reason())));
        return Effect()
                .persist(events)
                .thenRun(after -> begin(decide.oracle()))
                .thenReply(decide.replyTo(), after -> new Said.Stored());
    }

    private Effect<DutyEvent, DutyMemory> look(DutyMemory memory, Look look) {
        if (memory.duty(look.oracle()).filter(Duty::isOver).isEmpty()) {
            begin(look.oracle());
        }
        return Effect().none();
    }

    private Effect<DutyEvent, DutyMemory> lookAfterAll(DutyMemory memory, LookAfterAll all) {
        bringRequests(memory);
        memory.duties().values().stream()
                .filter(duty -> !duty.isOver())
                .forEach(duty -> begin(duty.oracle()));
        return Effect().none();
    }

    private void begin(OracleId oracle) {
        String place = "look/" + oracle;
        if (!busy.add(place)) {
            return;
        }
        context.pipeToSelf(
                parts.questions()
                        .question(oracle, Certainty.TENTATIVE)
                        .thenCombine(
                                parts.questions().question(oracle, Certainty.FINAL),
                                (head, settled) -> new Seen(oracle, head, settled)),
                (seen, failure) -> seen != null ? seen : new Failed(place, "looking", failure));
    }

    private Effect<DutyEvent, DutyMemory> seen(DutyMemory memory, Seen seen) {
        busy.remove("look/" + seen.oracle());
        Optional<Duty> duty = memory.duty(seen.oracle());
        if (seen.settled().orElse(null) instanceof Standing.Settled settled) {
            return duty.filter(d -> !d.isOver()).isPresent()
                    ? Effect()
                            .persist(DutyEvents.ended(seen.oracle(), settled.question()))
                            .thenRun(after -> agreed.remove(seen.oracle()))
                    : Effect().none();
        }
        if (!(seen.head().orElse(null) instanceof Standing.Open open)) {
            return Effect().none();
        }
        note(duty, open.question());
        Sight sight = sight(memory, duty, open);
        if (duty.isPresent()) {
            role.next(duty.get(), sight).forEach(step -> perform(duty.get(), step, sight));
            return Effect().none();
        }
        return take(sight);
    }

    private void note(Optional<Duty> duty, Question question) {
        Optional<Answer> mine = duty.flatMap(Duty::decided).map(Duty.Decided::answer);
        if (mine.isPresent() && mine.equals(question.given().map(Question.Given::answer))) {
            agreed.add(question.id());
        } else {
            agreed.remove(question.id());
        }
    }

    private Sight sight(DutyMemory memory, Optional<Duty> duty, Standing.Open open) {
        return new Sight(
                open.question(),
                open.votes(),
                open.now().next(),
                parts.purse().address(),
                parts.terms(),
                left(memory, duty));
    }

    /** What of the budget the bonds of all other duties leave. */
    private Amount left(DutyMemory memory, Optional<Duty> duty) {
        Amount others =
                memory.committed(agreed)
                        .minus(
                                duty.filter(d -> d.decided().isPresent() && !d.isOver())
                                        .filter(d -> !agreed.contains(d.oracle()))
                                        .map(Duty::bond)
                                        .orElse(Amount.ZERO));
        return parts.budget().covers(others) ? parts.budget().minus(others) : Amount.ZERO;
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
                .thenRun(after -> begin(question.id()));
    }

    private void perform(Duty duty, Step step, Sight sight) {
        if (step instanceof Step.Evaluate evaluate) {
            evaluate(duty.oracle(), evaluate.plan());
        } else if (step instanceof Step.Bring bring) {
            bring(duty, bring);
        } else if (step instanceof Step.SayInBlocks say) {
            parts.purse().voteWithBlocks(duty.oracle(), say.answer());
        } else if (step instanceof Step.AskHuman && humanTold.add(duty.oracle())) {
            parts.human().accept(sight.question());
        }
    }

    private void evaluate(OracleId oracle, String name) {
        FeedPlan plan = parts.plans().get(name);
        String place = "feed/" + oracle;
        if (plan == null) {
            context.getLog().warn("question {}: there is no feed plan {} any more", oracle, name);
        } else if (busy.add(place)) {
            context.pipeToSelf(
                    plan.evaluate(),
                    (evidence, failure) ->
                            evidence != null
                                    ? new Judged(oracle, evidence)
                                    : new Failed(place, "reading feeds", failure));
        }
    }

    private Effect<DutyEvent, DutyMemory> judged(DutyMemory memory, Judged judged) {
        busy.remove("feed/" + judged.oracle());
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
                        .thenRun(after -> begin(judged.oracle()));
    }

    /**
     * Feeds of several questions were read at once, and others of them have taken what was left.
     */
    private boolean isBeyondBudget(DutyMemory memory, Optional<Duty> duty) {
        return role == Role.CHALLENGER
                && duty.filter(one -> !left(memory, duty).covers(one.bond())).isPresent();
    }

    private void bring(Duty duty, Step.Bring bring) {
        String place = bring.name() + "/" + duty.oracle();
        if (!busy.add(place)) {
            return;
        }
        Optional<Hash> evidence =
                bring.body() instanceof OracleTransaction.StakeVote
                        ? Optional.empty()
                        : duty.decided().map(said -> Evidence.hash(said.evidence()));
        context.pipeToSelf(
                parts.purse()
                        .bring(
                                "oracle/%s/%s".formatted(duty.oracle(), bring.name()),
                                bring.body(),
                                evidence),
                (result, failure) ->
                        result != null
                                ? new Brought(place, duty.oracle(), bring.name(), result)
                                : new Failed(place, "bringing " + bring.name(), failure));
    }

    private Effect<DutyEvent, DutyMemory> brought(DutyMemory memory, Brought brought) {
        busy.remove(brought.place());
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
        busy.remove(failed.place());
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
