package io.wormhole.runtime.line;

import io.wormhole.cluster.settings.SettingsRefused;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.job.JobEntity;
import io.wormhole.runtime.job.JobView;
import io.wormhole.runtime.job.JobWorld;
import io.wormhole.runtime.proto.JobAccepted;
import io.wormhole.supervision.StableReferences;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** The lines of one operator: deploys, shows, pauses, retires them. */
public final class LineService {
    private static final EntityTypeKey<LineEntity.Command> LINES =
            EntityTypeKey.create(LineEntity.Command.class, "line");
    private static final Duration ASK = Duration.ofSeconds(20);

    private final ActorSystem<?> system;
    private final ClusterSharding sharding;
    private final ActorRef<LineDirectory.Command> directory;

    private LineService(ActorSystem<?> system, JobWorld world) {
        this.system = system;
        this.sharding = ClusterSharding.get(system);
        sharding.init(Entity.of(LINES, entity -> LineEntity.create(entity.getEntityId(), world)));
        this.directory =
                system.systemActorOf(
                        LineDirectory.create(world.lineKey().address(), this::wake),
                        "line-directory",
                        Props.empty());
    }

    /** Starts all lines that were deployed and not retired. */
    public static LineService start(ActorSystem<?> system, JobWorld world) {
        return new LineService(system, world);
    }

    private void wake(Set<String> names) {
        names.forEach(name -> line(name).tell(new LineEntity.Inspect(system.ignoreRef())));
    }

    /**
     * Deploys a line from its definition, or replaces it.
     *
     * @return its name; fails with {@link SettingsRefused} naming every fault of the definition
     */
    public CompletionStage<Name> deploy(String origin, String definition) {
        Name name;
        try {
            name = LineDefinition.parse(origin, definition).name();
        } catch (SettingsRefused refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletionStage<Done> listed =
                AskPattern.ask(
                        directory,
                        replyTo -> new LineDirectory.Enlist(name.path(), replyTo),
                        ASK,
                        system.scheduler());
        return listed.thenCompose(done -> ask(name, r -> new LineEntity.Deploy(definition, r)))
                .thenApply(
                        reply -> {
                            if (reply instanceof LineEntity.Refused refused) {
                                throw new IllegalArgumentException(refused.reason());
                            }
                            return name;
                        });
    }

    /** Names of all lines. */
    public CompletionStage<List<String>> names() {
        return AskPattern.ask(directory, LineDirectory.Read::new, ASK, system.scheduler());
    }

    /** What a line has stored; nothing is deployed when it has no definition. */
    public CompletionStage<LineMemory> inspect(Name name) {
        return line(name.path()).ask(LineEntity.Inspect::new, ASK);
    }

    /** The definition of a deployed line. */
    public CompletionStage<Optional<LineDefinition>> definition(Name name) {
        return inspect(name)
                .thenApply(
                        memory ->
                                memory.definition()
                                        .map(text -> LineDefinition.parse(name.path(), text)));
    }

    /** The supervision tree of a line as it is now, as JSON; none while it is being grown. */
    public CompletionStage<Optional<String>> tree(Name name) {
        return line(name.path()).ask(LineEntity.Tree::new, ASK).thenApply(LineEntity.TreeIs::json);
    }

    /** Accepts a checked order. */
    public CompletionStage<LineEntity.Reply> takeOn(Name name, JobAccepted job) {
        return ask(name, replyTo -> new LineEntity.TakeOn(job, replyTo));
    }

    /** Stops or resumes taking orders. */
    public CompletionStage<LineEntity.Reply> pause(Name name, boolean paused) {
        return ask(name, replyTo -> new LineEntity.Pause(paused, replyTo));
    }

    /** Takes a line down for good. */
    public CompletionStage<LineEntity.Reply> retire(Name name) {
        return ask(name, LineEntity.Retire::new)
                .thenCompose(
                        reply ->
                                reply instanceof LineEntity.Done
                                        ? strike(name).thenApply(done -> reply)
                                        : CompletableFuture.completedFuture(reply));
    }

    private CompletionStage<Done> strike(Name name) {
        return AskPattern.ask(
                directory,
                replyTo -> new LineDirectory.Strike(name.path(), replyTo),
                ASK,
                system.scheduler());
    }

    /** A fault drill: the worker of {@code device} crashes amid a part, or at once (0). */
    public CompletionStage<LineEntity.Reply> crashDevice(Name name, String device, int part) {
        return ask(name, replyTo -> new LineEntity.CrashDevice(device, part, replyTo));
    }

    /** How far a job of a line is; only while its line lists it. */
    public CompletionStage<JobView> job(Name name, Hash order) {
        ActorRef<JobEntity.Command> job =
                StableReferences.get(system)
                        .to(name.path() + "/" + LineTree.JOBS + "/" + order.toHex());
        return AskPattern.ask(job, JobEntity.Inspect::new, ASK, system.scheduler());
    }

    /** Tells a line that a job is over. */
    public void jobOver(Name name, Hash order) {
        line(name.path()).tell(new LineEntity.JobOver(order));
    }

    private CompletionStage<LineEntity.Reply> ask(
            Name name,
            org.apache.pekko.japi.function.Function<ActorRef<LineEntity.Reply>, LineEntity.Command>
                    message) {
        return line(name.path()).ask(message, ASK);
    }

    private EntityRef<LineEntity.Command> line(String name) {
        return sharding.entityRefFor(LINES, name);
    }
}
