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
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.proto.ChannelEvent;
import io.wormhole.channel.proto.DirectoryEvent;
import io.wormhole.channel.proto.DirectorySnapshot;
import io.wormhole.channel.proto.InspectCommand;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.proto.PartnerDidCommand;
import io.wormhole.channel.proto.PerformCommand;
import io.wormhole.channel.proto.RefusedAnswer;
import io.wormhole.channel.proto.WalletEvent;
import io.wormhole.channel.proto.WalletSnapshot;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.channel.wire.ActionCodec;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.cluster.serial.ProtobufSerializer;
import io.wormhole.protocol.bytes.Bytes;
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
        stored("WalletEvent", WalletEvent.class, WalletEvent.parser());
        stored("WalletSnapshot", WalletSnapshot.class, WalletSnapshot.parser());
        for (Class<? extends ChannelMemory> phase :
                List.of(
                        Absent.class,
                        Proposed.class,
                        Agreed.class,
                        Open.class,
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
                                ActionCodec.decode(field.getAction()),
                                actorOf(field.getReplyTo())));
        bind(
                "PartnerDid",
                ChannelEntity.PartnerDid.class,
                PartnerDidCommand.parser(),
                did ->
                        PartnerDidCommand.newBuilder()
                                .setSender(ByteString.copyFrom(did.sender().bytes().toArray()))
                                .setAction(ActionCodec.encode(did.action()))
                                .build(),
                field ->
                        new ChannelEntity.PartnerDid(
                                new PublicKey(Bytes.of(field.getSender().toByteArray())),
                                ActionCodec.decode(field.getAction())));
        bind(
                "Inspect",
                ChannelEntity.Inspect.class,
                InspectCommand.parser(),
                inspect ->
                        InspectCommand.newBuilder().setReplyTo(textOf(inspect.replyTo())).build(),
                field -> new ChannelEntity.Inspect(actorOf(field.getReplyTo())));
        bind(
                "Done",
                ChannelEntity.Done.class,
                MemorySnapshot.parser(),
                done -> SnapshotCodec.encode(done.memory()),
                stored -> new ChannelEntity.Done(SnapshotCodec.decode(stored, rules)));
        bind(
                "Refused",
                ChannelEntity.Refused.class,
                RefusedAnswer.parser(),
                refused -> RefusedAnswer.newBuilder().setReason(refused.reason()).build(),
                field -> new ChannelEntity.Refused(field.getReason()));
    }
}
