package io.wormhole.runtime.http;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.update.VmContracts;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.bytes.Bytes;

/** A channel's memory as text of an answer. */
public final class ChannelBytes {
    private static final UpdateRules RULES = new UpdateRules(new VmContracts());

    private ChannelBytes() {}

    /** The text of a memory. */
    public static String text(KnownChannel memory) {
        return Bytes.of(SnapshotCodec.encode(memory).toByteArray()).toHex();
    }

    /** The memory in a text; throws {@link IllegalArgumentException} when it is none. */
    public static KnownChannel memory(String text) {
        try {
            return SnapshotCodec.decodeKnown(
                    MemorySnapshot.parseFrom(Bytes.ofHex(text).toArray()), RULES);
        } catch (InvalidProtocolBufferException damaged) {
            throw new IllegalArgumentException("a damaged memory of a channel", damaged);
        }
    }
}
