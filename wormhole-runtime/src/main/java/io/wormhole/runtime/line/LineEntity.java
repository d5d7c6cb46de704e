package io.wormhole.runtime.line;

import com.google.protobuf.ByteString;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.job.JobEntity;
import io.wormhole.runtime.job.JobWorld;
import io.wormhole.runtime.proto.JobAccepted;
import io.wormhole.runtime.proto.JobListed;
import io.wormhole.runtime.proto.JobUnlisted;
import io.wormhole.runtime.proto.LineDeployed;
import io.wormhole.runtime.proto.LineEvent;
import io.wormhole.runtime.proto.LinePaused;
import io.wormhole.runtime.proto.LineRetired;
import io.wormhole.supervision.ChildReply;
import io.wormhole.supervision.StableReferences;
import io.wormhole.supervision.SupervisionSettings;
import io.wormhole.supervision.Supervisor;
import io.wormhole.supervision.SupervisorCommand;
import io.wormhole.supervision.TreeSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The wormhole of one line: stores its definition and its jobs, and keeps the supervision tree that
 * follows from them running.
 */
public final class LineEntity
        extends EventSourcedBehavior<LineEntity.Command, LineEvent, LineMemory> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** Deploys the line, or replaces its definition; jobs go on. */
    public record Deploy(String definition, ActorRef<Reply> replyTo) implements Command {}

    /** Accepts an order that was checked, and starts its job. */
    public record TakeOn(JobAccepted job, ActorRef<Reply> replyTo) implements Command {}

    /** Stops or resumes taking orders. */
    public record Pause(boolean paused, ActorRef<Reply> replyTo) implements Command {}

    /** Takes the line down for good; refused while jobs are running. */
    public record Retire(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Makes the worker of a device crash, to see the tree at work.
     *
     * @param device its name in the definition
     * @param part in the middle of which it crashes, from 1; 0: at once
     * @param replyTo hears that the worker was told
     */
    public record CrashDevice(String device, int part, ActorRef<Reply> replyTo)
            implements Command {}

    /** The job of this order is over. */
    public record JobOver(Hash order) implements Command {}

    /** Asks for the stored state. */
    public record Inspect(ActorRef<LineMemory> replyTo) implements Command {}

    /** Asks for the tree as it is now. */
    public record Tree(ActorRef<TreeIs> replyTo) implements Command {}

    /** The tree as JSON; none while it is being grown. */
    public record TreeIs(Optional<String> json) {}

    /** What only the actor tells itself. */
    private sealed interface Internal extends Command, NoSerializationVerificationNeeded {}

    private record TreeSeen(TreeSnapshot snapshot, ActorRef<TreeIs> replyTo) implements Internal {}

    private record JobStarted(JobAccepted job, ActorRef<Reply> replyTo) implements Internal {}

    private record JobHasTerms(JobAccepted job, ActorRef<Reply> replyTo) implements Internal {}

    private record KeepJobs() implements Internal {}

    private record Regrow() implements Internal {}

    private record Ignored() implements Internal {}

    /** What came of a command. */
    public sealed interface Reply {}

    /** It is stored. */
    public record Done() implements Reply {}

    /** Nothing changed. */
    public record Refused(String reason) implements Reply {}

    private static final Duration ASK = Duration.ofSeconds(10);
    private static final Duration REGROWTH = Duration.ofSeconds(1);
    private static final Duration KEEPING = Duration.ofSeconds(5);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final String name;
    private final JobWorld world;
    private Optional<ActorRef<SupervisorCommand>> tree = Optional.empty();
    private int growth;

    private LineEntity(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String name,
            JobWorld world) {
        super(PersistenceId.of("line", name + "~" + world.lineKey().address()));
        this.context = context;
        this.timers = timers;
        this.name = name;
        this.world = world;
        timers.startTimerWithFixedDelay("keep-jobs", new KeepJobs(), KEEPING);
    }

    /** The wormhole called {@code name}. */
    public static Behavior<Command> create(String name, JobWorld world) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> new LineEntity(context, timers, name, world)));
    }

    @Override
    public LineMemory emptyState() {
        return LineMemory.NEW;
    }

    @Override
    public CommandHandler<Command, LineEvent, LineMemory> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Deploy.class, this::deploy)
                .onCommand(TakeOn.class, this::takeOn)
                .onCommand(JobStarted.class, this::jobStarted)
                .onCommand(JobHasTerms.class, this::jobHasTerms)
                .onCommand(KeepJobs.class, this::keepJobs)
                .onCommand(JobOver.class, this::jobOver)
                .onCommand(Pause.class, this::pause)
                .onCommand(Retire.class, this::retire)
                .onCommand(CrashDevice.class, this::crashDevice)
                .onCommand(Inspect.class, this::inspect)
                .onCommand(Tree.class, this::tree)
                .onCommand(TreeSeen.class, this::treeSeen)
                .onCommand(Regrow.class, this::regrow)
                .onCommand(Ignored.class, ignored -> Effect().none())
                .build();
    }

    private Effect<LineEvent, LineMemory> deploy(LineMemory memory, Deploy deploy) {
        LineDefinition definition = LineDefinition.parse(name, deploy.definition());
        if (!definition.name().path().equals(name)) {
            return Effect()
                    .reply(
                            deploy.replyTo(),
                            new Refused("the definition is of " + definition.name()));
        }
        if (memory.definition().equals(Optional.of(deploy.definition()))) {
            return Effect().reply(deploy.replyTo(), new Done());
        }
        LineDeployed deployed =
                LineDeployed.newBuilder().setDefinition(deploy.definition()).build();
        return Effect()
                .persist(LineEvent.newBuilder().setDeployed(deployed).build())
                .thenRun(this::grow)
                .thenReply(deploy.replyTo(), after -> new Done());
    }

    private void grow(LineMemory memory) {
        if (memory.definition().isEmpty()) {
            return;
        }
        LineDefinition definition = LineDefinition.parse(name, memory.definition().get());
        if (tree.isPresent()) {
            tree.get()
                    .tell(
                            new SupervisorCommand.Upgrade(
                                    LineTree.of(definition, context.getSystem(), world),
                                    context.getSystem().ignoreRef()));
            return;
        }
        growth++;
        ActorRef<SupervisorCommand> root =
                context.spawn(
                        Supervisor.create(
                                LineTree.of(definition, context.getSystem(), world),
                                SupervisionSettings.defaults().withRootPath(name)),
                        "tree-" + growth);
        context.watch(root);
        tree = Optional.of(root);
        startJobs(memory);
    }

    // When devices fail too often, the tree starts anew without the jobs that came and went in it.
    private Effect<LineEvent, LineMemory> keepJobs(LineMemory memory, KeepJobs keep) {
        if (tree.isPresent()) {
            startJobs(memory);
        }
        return Effect().none();
    }

    private void startJobs(LineMemory memory) {
        memory.jobs().forEach((order, device) -> startJob(order, device, ignored -> new Ignored()));
    }

    private void startJob(Hash order, String device, Function<ChildReply, Command> then) {
        ActorRef<SupervisorCommand> jobs =
                StableReferences.get(context.getSystem()).to(name + "/" + LineTree.JOBS);
        context.ask(
                ChildReply.class,
                jobs,
                ASK,
                replyTo ->
                        new SupervisorCommand.StartInstance(
                                order.toHex(), new LineTree.JobArguments(order, device), replyTo),
                (reply, failure) -> {
                    if (reply == null) {
                        context.getLog().warn("job {} not started: {}", order, failure.toString());
                        return new Ignored();
                    }
                    return then.apply(reply);
                });
    }

    private Effect<LineEvent, LineMemory> takeOn(LineMemory memory, TakeOn takeOn) {
        Hash order = order(takeOn.job());
        Optional<String> objection = memory.objection(order, takeOn.job().getDevice());
        if (objection.isPresent()) {
            return Effect().reply(takeOn.replyTo(), new Refused(objection.get()));
        }
        startJob(
                order,
                takeOn.job().getDevice(),
                running -> new JobStarted(takeOn.job(), takeOn.replyTo()));
        return Effect().none();
    }

    private Effect<LineEvent, LineMemory> jobStarted(LineMemory memory, JobStarted started) {
        ActorRef<JobEntity.Command> job =
                StableReferences.get(context.getSystem())
                        .to(name + "/" + LineTree.JOBS + "/" + order(started.job()).toHex());
        context.ask(
                org.apache.pekko.Done.class,
                job,
                ASK,
                replyTo -> new JobEntity.Accept(started.job(), replyTo),
                (stored, failure) ->
                        stored == null
                                ? new Ignored()
                                : new JobHasTerms(started.job(), started.replyTo()));
        return Effect().none();
    }

    // Listed only once the job's own journal has the terms: whoever is listed can go on alone.
    private Effect<LineEvent, LineMemory> jobHasTerms(LineMemory memory, JobHasTerms started) {
        Hash order = order(started.job());
        if (memory.jobs().containsKey(order)) {
            return Effect().reply(started.replyTo(), new Done());
        }
        JobListed listed =
                JobListed.newBuilder()
                        .setOrder(started.job().getOrder())
                        .setDevice(started.job().getDevice())
                        .build();
        return Effect()
                .persist(LineEvent.newBuilder().setJobListed(listed).build())
                .thenReply(started.replyTo(), after -> new Done());
    }

    private Effect<LineEvent, LineMemory> jobOver(LineMemory memory, JobOver over) {
        if (!memory.jobs().containsKey(over.order())) {
            return Effect().none();
        }
        JobUnlisted unlisted =
                JobUnlisted.newBuilder()
                        .setOrder(ByteString.copyFrom(over.order().bytes().toArray()))
                        .build();
        return Effect().persist(LineEvent.newBuilder().setJobUnlisted(unlisted).build());
    }

    private Effect<LineEvent, LineMemory> pause(LineMemory memory, Pause pause) {
        LinePaused paused = LinePaused.newBuilder().setPaused(pause.paused()).build();
        return memory.paused() == pause.paused()
                ? Effect().reply(pause.replyTo(), new Done())
                : Effect()
                        .persist(LineEvent.newBuilder().setPaused(paused).build())
                        .thenReply(pause.replyTo(), after -> new Done());
    }

    private Effect<LineEvent, LineMemory> retire(LineMemory memory, Retire retire) {
        if (!memory.jobs().isEmpty()) {
            return Effect()
                    .reply(
                            retire.replyTo(),
                            new Refused(memory.jobs().size() + " jobs are running"));
        }
        return Effect()
                .persist(
                        LineEvent.newBuilder().setRetired(LineRetired.getDefaultInstance()).build())
                .thenRun(
                        after -> {
                            tree.ifPresent(root -> root.tell(new SupervisorCommand.Shutdown()));
                            StableReferences.get(context.getSystem()).release(name);
                        })
                .thenReply(retire.replyTo(), after -> new Done());
    }

    private Effect<LineEvent, LineMemory> crashDevice(LineMemory memory, CrashDevice crash) {
        boolean known =
                memory.definition()
                        .map(text -> LineDefinition.parse(name, text))
                        .filter(line -> line.devices().containsKey(crash.device()))
                        .isPresent();
        if (!known) {
            return Effect()
                    .reply(
                            crash.replyTo(),
                            new Refused("the line has no device " + crash.device()));
        }
        ActorRef<Object> worker =
                StableReferences.get(context.getSystem())
                        .to(name + "/" + LineTree.DEVICES + "/" + crash.device());
        worker.tell(new DeviceWorker.Crash(crash.part()));
        return Effect().reply(crash.replyTo(), new Done());
    }

    private Effect<LineEvent, LineMemory> inspect(LineMemory memory, Inspect inspect) {
        return Effect().reply(inspect.replyTo(), memory);
    }

    private Effect<LineEvent, LineMemory> tree(LineMemory memory, Tree ask) {
        if (tree.isEmpty()) {
            return Effect().reply(ask.replyTo(), new TreeIs(Optional.empty()));
        }
        context.ask(
                TreeSnapshot.class,
                tree.get(),
                ASK,
                SupervisorCommand.GetSnapshot::new,
                (snapshot, failure) ->
                        snapshot != null ? new TreeSeen(snapshot, ask.replyTo()) : new Ignored());
        return Effect().none();
    }

    private Effect<LineEvent, LineMemory> treeSeen(LineMemory memory, TreeSeen seen) {
        return Effect().reply(seen.replyTo(), new TreeIs(Optional.of(seen.snapshot().toJson())));
    }

    // The root gave up: a line that is deployed is grown again, slowly, for as long as it is.
    private Effect<LineEvent, LineMemory> regrow(LineMemory memory, Regrow regrow) {
        grow(memory);
        return Effect().none();
    }

    @Override
    public EventHandler<LineMemory, LineEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(LineMemory::after);
    }

    @Override
    public SignalHandler<LineMemory> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (memory, signal) -> grow(memory))
                .onSignal(Terminated.class, (memory, terminated) -> treeEnded(memory))
                .build();
    }

    private void treeEnded(LineMemory memory) {
        tree = Optional.empty();
        if (memory.definition().isPresent()) {
            context.getLog().error("the tree of {} gave up; it is grown again", name);
            timers.startSingleTimer("regrow", new Regrow(), REGROWTH);
        }
    }

    private static Hash order(JobAccepted job) {
        return new Hash(Bytes.of(job.getOrder().toByteArray()));
    }
}
