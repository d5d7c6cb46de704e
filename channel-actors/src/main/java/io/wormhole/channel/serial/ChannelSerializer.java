package io.wormhole.channel.serial;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.wormhole.channel.decider.Absent;
import io.wormhole.channel.decider.Agreed;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Closing;
import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Proposed;
import io.wormhole.channel.decider.Resizing;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.proto.AnswersAnswer;
import io.wormhole.channel.proto.ChannelEvent;
import io.wormhole.channel.proto.CompletedAnswer;
import io.wormhole.channel.proto.DirectoryEvent;
import io.wormhole.channel.proto.DirectorySnapshot;
import io.wormhole.channel.proto.InspectCommand;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.proto.PartnerDidCommand;
import io.wormhole.channel.proto.PaymentEvents;
import io.wormhole.channel.proto.PerformCommand;
import io.wormhole.channel.proto.RefusedAnswer;
import io.wormhole.channel.proto.RequestAllCommand;
import io.wormhole.channel.proto.RequestCommand;
import io.wormhole.channel.proto.WalletEvent;
import io.wormhole.channel.proto.WalletSnapshot;
import io.wormhole.channel.proto.WatchAccountEvent;
import io.wormhole.channel.proto.WatchAccountSnapshot;
import io.wormhole.channel.proto.WatchClientEvent;
import io.wormhole.channel.proto.WatchClientSnapshot;
import io.wormhole.channel.proto.WatchDeskEvent;
import io.wormhole.channel.proto.WatchDeskSnapshot;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.channel.wire.ActionCodec;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.cluster.serial.ProtobufSerializer;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Stored events and snapshots, and what the sharded actor of a channel is told and answers. */
public final class ChannelSerializer extends ProtobufSerializer {
    private static final int IDENTIFIER = 7101;

    private final UpdateRules rules = new UpdateRules(new VmContracts());

    /** Called by Pekko. */
    public ChannelSerializer(ExtendedActorSystem system) {
        super(system, IDENTIFIER);
        stored("ChannelEvent", ChannelEvent.class, ChannelEvent.parser());
        stored("MemorySnapshot", MemorySnapshot.class, MemorySnapshot.parser());
        stored("DirectoryEvent", DirectoryEvent.class, DirectoryEvent.parser());
        stored("DirectorySnapshot", DirectorySnapshot.class, DirectorySnapshot.parser());
        stored("PaymentEvents", PaymentEvents.class, PaymentEvents.parser());
        stored("WatchAccountEvent", WatchAccountEvent.class, WatchAccountEvent.parser());
        stored("WatchAccountSnapshot", WatchAccountSnapshot.class, WatchAccountSnapshot.parser());
        stored("WatchClientEvent", WatchClientEvent.class, WatchClientEvent.parser());
        stored("WatchClientSnapshot", WatchClientSnapshot.class, WatchClientSnapshot.parser());
        stored("WatchDeskEvent", WatchDeskEvent.class, WatchDeskEvent.parser());
        stored("WatchDeskSnapshot", WatchDeskSnapshot.class, WatchDeskSnapshot.parser());
        stored("WalletEvent", WalletEvent.class, WalletEvent.parser());
        stored("WalletSnapshot", WalletSnapshot.class, WalletSnapshot.parser());
        for (Class<? extends ChannelMemory> phase :
                List.of(
                        Absent.class,
                        Proposed.class,
                        Agreed.class,
                        Open.class,
                        Resizing.class,
                        Closing.class,
                        Disputed.class,
                        Lost.class,
                        Ended.class)) {
            memory(phase);
        }
        bindCommands();
    }

    private <M extends MessageLite> void stored(String manifest, Class<M> type, Parser<M> parser) {
        bind(manifest, type, parser, Function.identity(), Function.identity());
    }

    private <T extends ChannelMemory> void memory(Class<T> phase) {
        bind(
                "Memory" + phase.getSimpleName(),
                phase,
                MemorySnapshot.parser(),
                SnapshotCodec::encode,
                stored -> phase.cast(SnapshotCodec.decode(stored, rules)));
    }

    private void bindCommands() {
        bind(
                "Perform",
                ChannelEntity.Perform.class,
                PerformCommand.parser(),
                perform ->
                        PerformCommand.newBuilder()
                                .setAction(ActionCodec.encode(perform.action()))
                                .setReplyTo(textOf(perform.replyTo()))
                                .build(),
                field ->
                        new ChannelEntity.Perform(
                                ActionCodec.decode(field.getAction(), rules),
                                actorOf(field.getReplyTo())));
        bind(
                "PartnerDid",
                ChannelEntity.PartnerDid.class,
                PartnerDidCommand.parser(),
                did ->
                        PartnerDidCommand.newBuilder()
                                .setSender(ByteString.copyFrom(did.sender().bytes().toArray()))
                                .addAllActions(
                                        did.actions().stream().map(ActionCodec::encode).toList())
                                .build(),
                field ->
                        new ChannelEntity.PartnerDid(
                                new PublicKey(Bytes.of(field.getSender().toByteArray())),
                                field.getActionsList().stream()
                                        .map(action -> ActionCodec.decode(action, rules))
                                        .toList()));
        bind(
                "Request",
                ChannelEntity.Request.class,
                RequestCommand.parser(),
                request ->
                        RequestCommand.newBuilder()
                                .setRequest(request.request())
                                .setUpdate(
                                        ByteString.copyFrom(request.update().encoded().toArray()))
                                .setReplyTo(textOf(request.replyTo()))
                                .build(),
                field ->
                        new ChannelEntity.Request(
                                field.getRequest(),
                                CanonicalReader.decode(
                                        Bytes.of(field.getUpdate().toByteArray()),
                                        Update::readFrom),
                                actorOf(field.getReplyTo())));
        bind(
                "Inspect",
                ChannelEntity.Inspect.class,
                InspectCommand.parser(),
                inspect ->
                        InspectCommand.newBuilder().setReplyTo(textOf(inspect.replyTo())).build(),
                field -> new ChannelEntity.Inspect(actorOf(field.getReplyTo())));
        bind(
                "RequestAll",
                ChannelEntity.RequestAll.class,
                RequestAllCommand.parser(),
                all ->
                        RequestAllCommand.newBuilder()
                                .addAllWanted(
                                        all.wanted().stream().map(AnswerCodec::wanted).toList())
                                .setReplyTo(textOf(all.replyTo()))
                                .build(),
                field ->
                        new ChannelEntity.RequestAll(
                                field.getWantedList().stream().map(AnswerCodec::wanted).toList(),
                                actorOf(field.getReplyTo())));
        bindAnswers();
    }

    private void bindAnswers() {
        AnswerCodec answers = new AnswerCodec(rules);
        bind(
                "Done",
                ChannelEntity.Done.class,
                MemorySnapshot.parser(),
                done -> SnapshotCodec.encode(done.memory()),
                stored -> new ChannelEntity.Done(SnapshotCodec.decode(stored, rules)));
        bind(
                "Completed",
                ChannelEntity.Completed.class,
                CompletedAnswer.parser(),
                AnswerCodec::completed,
                AnswerCodec::completed);
        bind(
                "Refused",
                ChannelEntity.Refused.class,
                RefusedAnswer.parser(),
                AnswerCodec::refused,
                AnswerCodec::refused);
        bind(
                "Answers",
                ChannelEntity.Answers.class,
                AnswersAnswer.parser(),
                answers::encode,
                answers::decode);
    }
}
