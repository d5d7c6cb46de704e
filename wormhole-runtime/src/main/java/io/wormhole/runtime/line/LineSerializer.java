package io.wormhole.runtime.line;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.serial.ProtobufSerializer;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.proto.AskCommand;
import io.wormhole.runtime.proto.CrashDeviceCommand;
import io.wormhole.runtime.proto.DeployCommand;
import io.wormhole.runtime.proto.JobListed;
import io.wormhole.runtime.proto.JobOverCommand;
import io.wormhole.runtime.proto.LineMemoryAnswer;
import io.wormhole.runtime.proto.LineRefused;
import io.wormhole.runtime.proto.PauseCommand;
import io.wormhole.runtime.proto.TakeOnCommand;
import io.wormhole.runtime.proto.TreeAnswer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;

/** What the sharded actor of a line is told and answers, between the nodes of one operator. */
public final class LineSerializer extends ProtobufSerializer {
    private static final int IDENTIFIER = 7201;

    /** Called by Pekko. */
    public LineSerializer(ExtendedActorSystem system) {
        super(system, IDENTIFIER);
        bindCommands();
        ask("Retire", LineEntity.Retire.class, LineEntity.Retire::replyTo, LineEntity.Retire::new);
        ask(
                "Inspect",
                LineEntity.Inspect.class,
                LineEntity.Inspect::replyTo,
                LineEntity.Inspect::new);
        ask("Tree", LineEntity.Tree.class, LineEntity.Tree::replyTo, LineEntity.Tree::new);
        bindAnswers();
    }

    private <C, R> void ask(
            String manifest,
            Class<C> type,
            Function<C, ActorRef<R>> replyTo,
            Function<ActorRef<R>, C> command) {
        bind(
                manifest,
                type,
                AskCommand.parser(),
                asked -> AskCommand.newBuilder().setReplyTo(textOf(replyTo.apply(asked))).build(),
                field -> command.apply(actorOf(field.getReplyTo())));
    }

    private void bindCommands() {
        bind(
                "Deploy",
                LineEntity.Deploy.class,
                DeployCommand.parser(),
                deploy ->
                        DeployCommand.newBuilder()
                                .setDefinition(deploy.definition())
                                .setReplyTo(textOf(deploy.replyTo()))
                                .build(),
                field -> new LineEntity.Deploy(field.getDefinition(), actorOf(field.getReplyTo())));
        bind(
                "TakeOn",
                LineEntity.TakeOn.class,
                TakeOnCommand.parser(),
                take ->
                        TakeOnCommand.newBuilder()
                                .setJob(take.job())
                                .setReplyTo(textOf(take.replyTo()))
                                .build(),
                field -> new LineEntity.TakeOn(field.getJob(), actorOf(field.getReplyTo())));
        bind(
                "Pause",
                LineEntity.Pause.class,
                PauseCommand.parser(),
                pause ->
                        PauseCommand.newBuilder()
                                .setPaused(pause.paused())
                                .setReplyTo(textOf(pause.replyTo()))
                                .build(),
                field -> new LineEntity.Pause(field.getPaused(), actorOf(field.getReplyTo())));
        bind(
                "CrashDevice",
                LineEntity.CrashDevice.class,
                CrashDeviceCommand.parser(),
                crash ->
                        CrashDeviceCommand.newBuilder()
                                .setDevice(crash.device())
                                .setPart(crash.part())
                                .setReplyTo(textOf(crash.replyTo()))
                                .build(),
                field ->
                        new LineEntity.CrashDevice(
                                field.getDevice(), field.getPart(), actorOf(field.getReplyTo())));
        bind(
                "JobOver",
                LineEntity.JobOver.class,
                JobOverCommand.parser(),
                over -> JobOverCommand.newBuilder().setOrder(field(over.order())).build(),
                field -> new LineEntity.JobOver(hash(field.getOrder())));
    }

    private void bindAnswers() {
        bindEmpty("Done", new LineEntity.Done());
        bind(
                "Refused",
                LineEntity.Refused.class,
                LineRefused.parser(),
                refused -> LineRefused.newBuilder().setReason(refused.reason()).build(),
                field -> new LineEntity.Refused(field.getReason()));
        bind(
                "TreeIs",
                LineEntity.TreeIs.class,
                TreeAnswer.parser(),
                tree -> {
                    TreeAnswer.Builder answer = TreeAnswer.newBuilder();
                    tree.json().ifPresent(answer::setJson);
                    return answer.build();
                },
                field ->
                        new LineEntity.TreeIs(
                                field.hasJson() ? Optional.of(field.getJson()) : Optional.empty()));
        bind(
                "LineMemory",
                LineMemory.class,
                LineMemoryAnswer.parser(),
                LineSerializer::encode,
                LineSerializer::decode);
    }

    private static LineMemoryAnswer encode(LineMemory memory) {
        LineMemoryAnswer.Builder answer = LineMemoryAnswer.newBuilder().setPaused(memory.paused());
        memory.definition().ifPresent(answer::setDefinition);
        memory.jobs()
                .forEach(
                        (order, device) ->
                                answer.addJobs(
                                        JobListed.newBuilder()
                                                .setOrder(field(order))
                                                .setDevice(device)));
        return answer.build();
    }

    private static LineMemory decode(LineMemoryAnswer answer) {
        SortedMap<Hash, String> jobs = new TreeMap<>();
        answer.getJobsList().forEach(job -> jobs.put(hash(job.getOrder()), job.getDevice()));
        return new LineMemory(
                answer.hasDefinition() ? Optional.of(answer.getDefinition()) : Optional.empty(),
                jobs,
                answer.getPaused());
    }

    private static ByteString field(Hash hash) {
        return ByteString.copyFrom(hash.bytes().toArray());
    }

    private static Hash hash(ByteString field) {
        return new Hash(Bytes.of(field.toByteArray()));
    }
}
