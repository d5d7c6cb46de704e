package io.wormhole.runtime.job;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.device.Begun;
import io.wormhole.runtime.device.DeviceProtocol;
import io.wormhole.runtime.device.DeviceStatus;
import io.wormhole.runtime.device.PartId;
import io.wormhole.runtime.order.ChannelNotice;
import io.wormhole.runtime.proto.JobAccepted;
import io.wormhole.runtime.proto.JobDisputed;
import io.wormhole.runtime.proto.JobEnded;
import io.wormhole.runtime.proto.JobEvent;
import io.wormhole.runtime.proto.PartAdvanced;
import io.wormhole.runtime.proto.PartBegun;
import io.wormhole.runtime.proto.PartPaid;
import io.wormhole.runtime.proto.PartPrinted;
import io.wormhole.runtime.proto.PartUnderWay;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
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
import org.jspecify.annotations.Nullable;

/** One job: journals, then tells device, channel and customer what {@link JobRules} say. */
public final class JobEntity extends EventSourcedBehavior<JobEntity.Command, JobEvent, JobMemory> {
    /** What the actor understands. */
    public sealed interface Command {}

    /** Takes the job on; answered when stored. */
    public record Accept(JobAccepted terms, ActorRef<Done> replyTo) implements Command {}

    /** Asks how far the job is. */
    public record Inspect(ActorRef<JobView> replyTo) implements Command {}

    private record Wake() implements Command {}

    private record Looked(ChannelMemory channel, BlockHeight height) implements Command {}

    private record DeviceSaid(DeviceProtocol.PrintEvent event) implements Command {}

    private record DeviceIs(DeviceStatus status) implements Command {}

    private record OfferAnswered(int part, ChannelEntity.@Nullable Answer answer)
            implements Command {}

    private record SilenceOver(int part, long lockId) implements Command {}

    private record LookFailed(Throwable cause) implements Command {}

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_ATTEMPTS = 5;
    private static final int TICKS_OF_DEVICE_SILENCE = 3;

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final JobWorld world;
    private final ActorRef<DeviceProtocol.Command> device;
    private final ActorRef<DeviceProtocol.PrintEvent> deviceEvents;
    private final ActorRef<DeviceStatus> deviceStatus;
    private final JobNews news;
    private final JobChannel channel;
    private final String jobId;
    private boolean looking;
    private boolean lookAgain;
    private int ticksWithoutDevice = TICKS_OF_DEVICE_SILENCE;

    private JobEntity(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Hash order,
            JobWorld world,
            ActorRef<DeviceProtocol.Command> device) {
        super(PersistenceId.of("job", order.toHex() + "~" + world.lineKey().address()));
        this.context = context;
        this.timers = timers;
        this.world = world;
        this.device = device;
        this.jobId = order.toHex();
        this.deviceEvents =
                context.messageAdapter(DeviceProtocol.PrintEvent.class, DeviceSaid::new);
        this.deviceStatus = context.messageAdapter(DeviceStatus.class, DeviceIs::new);
        this.channel = new JobChannel(world);
        this.news = new JobNews(world, context.getLog());
        ActorRef<ChannelNotice> notices =
                context.messageAdapter(ChannelNotice.class, notice -> new Wake());
        context.getSystem()
                .eventStream()
                .tell(new EventStream.Subscribe<>(ChannelNotice.class, notices));
        timers.startTimerWithFixedDelay("tick", new Wake(), TICK);
    }

    /**
     * The job of {@code order}.
     *
     * @param device a reference that outlives restarts of the device's worker
     */
    public static Behavior<Command> create(
            Hash order, JobWorld world, ActorRef<DeviceProtocol.Command> device) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> new JobEntity(context, timers, order, world, device)));
    }

    @Override
    public JobMemory emptyState() {
        return JobMemory.NEW;
    }

    @Override
    public CommandHandler<Command, JobEvent, JobMemory> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Accept.class, this::accept)
                .onCommand(
                        Inspect.class,
                        (memory, inspect) ->
                                Effect()
                                        .reply(
                                                inspect.replyTo(),
                                                new JobView(memory, news.waitsFor())))
                .onCommand(Wake.class, this::wake)
                .onCommand(Looked.class, this::looked)
                .onCommand(LookFailed.class, this::lookFailed)
                .onCommand(DeviceSaid.class, this::deviceSaid)
                .onCommand(DeviceIs.class, this::deviceIs)
                .onCommand(OfferAnswered.class, this::offerAnswered)
                .onCommand(SilenceOver.class, this::silenceOver)
                .build();
    }

    private Effect<JobEvent, JobMemory> accept(JobMemory memory, Accept accept) {
        if (memory.terms().isPresent()) {
            return Effect().reply(accept.replyTo(), Done.done());
        }
        return Effect()
                .persist(JobEvent.newBuilder().setAccepted(accept.terms()).build())
                .thenRun(after -> context.getSelf().tell(new Wake()))
                .thenReply(accept.replyTo(), after -> Done.done());
    }

    private Effect<JobEvent, JobMemory> wake(JobMemory memory, Wake wake) {
        look(memory);
        return Effect().none();
    }

    private void look(JobMemory memory) {
        if (memory.terms().isEmpty()) {
            return;
        }
        if (looking) {
            lookAgain = true;
            return;
        }
        looking = true;
        context.pipeToSelf(
                world.channel(memory.channel()).thenCombine(world.height(), Looked::new),
                (looked, failure) -> looked != null ? looked : new LookFailed(failure));
    }

    private Effect<JobEvent, JobMemory> lookFailed(JobMemory memory, LookFailed failed) {
        looking = false;
        context.getLog().warn("job {}: channel not seen: {}", jobId, failed.cause().toString());
        return Effect().none();
    }

    private Effect<JobEvent, JobMemory> looked(JobMemory memory, Looked looked) {
        looking = false;
        JobStep step = JobRules.next(memory, looked.channel(), world.lineKey(), looked.height());
        Effect<JobEvent, JobMemory> effect = carryOut(memory, step);
        if (lookAgain) {
            lookAgain = false;
            context.getSelf().tell(new Wake());
        }
        return effect;
    }

    private Effect<JobEvent, JobMemory> carryOut(JobMemory memory, JobStep step) {
        if (step instanceof JobStep.Begin begin) {
            return begin(begin.part(), begin.attempt());
        } else if (step instanceof JobStep.Continue again) {
            return goOn(memory, again);
        } else if (step instanceof JobStep.AskPayment ask) {
            return askPayment(memory, ask);
        } else if (step instanceof JobStep.NotePaid paid) {
            timers.cancel("silence");
            return Effect()
                    .persist(
                            JobEvent.newBuilder()
                                    .setPartPaid(PartPaid.newBuilder().setPart(paid.part()))
                                    .build())
                    .thenRun(this::look);
        } else if (step instanceof JobStep.End end) {
            return end(end.complete(), end.reason());
        } else if (step instanceof JobStep.GiveBack back) {
            giveBack(memory, back.update());
        } else if (step instanceof JobStep.Rest) {
            world.ended(new Name(memory.accepted().getLine()), memory.order());
            return Effect().stop();
        }
        return Effect().none();
    }

    private Effect<JobEvent, JobMemory> begin(int part, int attempt) {
        PartBegun begun = PartBegun.newBuilder().setPart(part).setAttempt(attempt).build();
        return Effect()
                .persist(JobEvent.newBuilder().setPartBegun(begun).build())
                .thenRun(
                        after -> {
                            ticksWithoutDevice = 0;
                            print(after, part, attempt, Begun.NOT);
                        });
    }

    // The device is asked again when it has said nothing for a while: its worker may be a new one.
    private Effect<JobEvent, JobMemory> goOn(JobMemory memory, JobStep.Continue again) {
        ticksWithoutDevice++;
        if (ticksWithoutDevice > TICKS_OF_DEVICE_SILENCE) {
            ticksWithoutDevice = 0;
            print(memory, again.part(), again.attempt(), memory.begun());
            device.tell(new DeviceProtocol.Describe(deviceStatus));
        }
        return Effect().none();
    }

    private Effect<JobEvent, JobMemory> deviceIs(JobMemory memory, DeviceIs is) {
        DeviceStatus status = is.status();
        if (status.connection() != DeviceStatus.Connection.READY && memory.end().isEmpty()) {
            news.waits(
                    memory,
                    "the device is not connected",
                    status.address() + ": " + status.lastTrouble());
        }
        return Effect().none();
    }

    private void print(JobMemory memory, int part, int attempt, Begun begun) {
        device.tell(
                new DeviceProtocol.Print(
                        new PartId(jobId, part, attempt), memory.source(), begun, deviceEvents));
    }

    private Effect<JobEvent, JobMemory> askPayment(JobMemory memory, JobStep.AskPayment ask) {
        if (memory.disputed()) {
            // Journalled, but perhaps the crash came before the channel was told.
            channel.dispute(memory, ask.part(), ask.lockId());
            return Effect().none();
        }
        if (!timers.isTimerActive("silence")) {
            timers.startSingleTimer(
                    "silence", new SilenceOver(ask.part(), ask.lockId()), world.partnerSilence());
        }
        context.pipeToSelf(
                channel.offer(memory, ask.part(), ask.update()),
                (answer, failure) -> new OfferAnswered(ask.part(), answer));
        return Effect().none();
    }

    private Effect<JobEvent, JobMemory> offerAnswered(JobMemory memory, OfferAnswered answered) {
        if (answered.answer() instanceof ChannelEntity.Refused refused) {
            context.getLog()
                    .debug("job {}: payment of {}: {}", jobId, answered.part(), refused.reason());
        }
        return Effect().none();
    }

    private Effect<JobEvent, JobMemory> silenceOver(JobMemory memory, SilenceOver over) {
        if (memory.paid() >= over.part() || memory.disputed() || memory.end().isPresent()) {
            return Effect().none();
        }
        context.getLog()
                .warn(
                        "job {}: the customer did not sign for cup {} within {}: to the chain",
                        jobId,
                        over.part(),
                        world.partnerSilence());
        JobDisputed disputed = JobDisputed.newBuilder().setPart(over.part()).build();
        return Effect()
                .persist(JobEvent.newBuilder().setDisputed(disputed).build())
                .thenRun(after -> channel.dispute(after, over.part(), over.lockId()));
    }

    private Effect<JobEvent, JobMemory> deviceSaid(JobMemory memory, DeviceSaid said) {
        DeviceProtocol.PrintEvent event = said.event();
        boolean current =
                event.part().part() == memory.printed() + 1
                        && event.part().attempt() == memory.attempt();
        if (!current) {
            return Effect().none();
        }
        ticksWithoutDevice = 0;
        if (event instanceof DeviceProtocol.PartStarted started) {
            PartUnderWay.Builder under = PartUnderWay.newBuilder().setPart(started.part().part());
            started.before().ifPresent(before -> under.setBefore(JobMemory.field(before)));
            return Effect().persist(JobEvent.newBuilder().setPartUnderWay(under).build());
        } else if (event instanceof DeviceProtocol.PartProgress progress) {
            return progress(memory, progress);
        } else if (event instanceof DeviceProtocol.PartDone done) {
            return done(done);
        } else if (event instanceof DeviceProtocol.PartFailed failed) {
            return failed(memory, failed);
        } else if (event instanceof DeviceProtocol.PrintRefused refused) {
            news.waits(memory, "the device is busy", refused.why());
        }
        return Effect().none();
    }

    private Effect<JobEvent, JobMemory> progress(
            JobMemory memory, DeviceProtocol.PartProgress progress) {
        news.progress(memory, progress);
        PartAdvanced advanced =
                PartAdvanced.newBuilder()
                        .setPart(progress.part().part())
                        .setAckedCommands(progress.ackedCommands())
                        .build();
        return Effect().persist(JobEvent.newBuilder().setPartAdvanced(advanced).build());
    }

    private Effect<JobEvent, JobMemory> done(DeviceProtocol.PartDone done) {
        PartPrinted printed =
                PartPrinted.newBuilder()
                        .setPart(done.part().part())
                        .setCommands(done.evidence().commands())
                        .setConfirmedByDevice(done.evidence().confirmedByDevice())
                        .build();
        return Effect()
                .persist(JobEvent.newBuilder().setPartPrinted(printed).build())
                .thenRun(this::look);
    }

    private Effect<JobEvent, JobMemory> failed(JobMemory memory, DeviceProtocol.PartFailed failed) {
        context.getLog()
                .warn(
                        "job {}: {} failed, {}: {}",
                        jobId,
                        failed.part().label(),
                        failed.reason(),
                        failed.detail());
        if (failed.mayResume()) {
            news.waits(memory, "the device stopped in mid-part", failed.detail());
            ticksWithoutDevice = TICKS_OF_DEVICE_SILENCE;
            return Effect().none();
        }
        if (memory.attempt() >= MOST_ATTEMPTS) {
            return end(false, "cup " + failed.part().part() + ": " + failed.detail());
        }
        return begin(failed.part().part(), memory.attempt() + 1);
    }

    private Effect<JobEvent, JobMemory> end(boolean complete, String reason) {
        context.getLog().info("job {} ends: {}", jobId, reason);
        JobEnded ended = JobEnded.newBuilder().setComplete(complete).setReason(reason).build();
        return Effect().persist(JobEvent.newBuilder().setEnded(ended).build()).thenRun(this::look);
    }

    private void giveBack(JobMemory memory, Update update) {
        news.stopped(memory, memory.end().orElseThrow().reason());
        channel.offer(memory, "release", update);
    }

    @Override
    public EventHandler<JobMemory, JobEvent> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent(JobMemory::after);
    }

    @Override
    public SignalHandler<JobMemory> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.class,
                        (memory, signal) -> context.getSelf().tell(new Wake()))
                .build();
    }
}
