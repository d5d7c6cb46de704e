package io.wormhole.channel.session;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.proto.ApplicationFrame;
import io.wormhole.channel.proto.ChannelFrame;
import io.wormhole.channel.proto.Hello;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.RelayFrames;
import io.wormhole.channel.proto.SessionFrame;
import io.wormhole.channel.wire.MessageCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import java.util.ArrayList;
import java.util.List;

/** What partners say, as frames and back; an {@link IllegalArgumentException} for bad ones. */
final class SessionFrames {
    private static final int RELAYS_AT_ONCE = 64;

    private SessionFrames() {}

    static SessionFrame hello(NetworkId network) {
        Hello hello =
                Hello.newBuilder()
                        .setVersion(Sessions.VERSION)
                        .setNetwork(bytes(network.encoded()))
                        .setFeatures(Features.OURS)
                        .build();
        return SessionFrame.newBuilder().setHello(hello).build();
    }

    static SessionFrame of(Sessions.Say say) {
        ChannelFrame frame =
                ChannelFrame.newBuilder()
                        .setChannel(bytes(say.channel().encoded()))
                        .addAllMessages(say.messages().stream().map(MessageCodec::encode).toList())
                        .build();
        return SessionFrame.newBuilder().setChannel(frame).build();
    }

    static SessionFrame of(Sessions.SayPayload say) {
        ApplicationFrame frame =
                ApplicationFrame.newBuilder().setPayload(bytes(say.payload())).build();
        return SessionFrame.newBuilder().setApplication(frame).build();
    }

    static List<SessionFrame> of(Sessions.SayRelay say, long features) {
        List<RelayFrame> all = say.frames();
        if (all.size() < 2 || !Features.has(features, Features.RELAYS_TOGETHER)) {
            return all.stream()
                    .map(frame -> SessionFrame.newBuilder().setRelay(frame).build())
                    .toList();
        }
        List<SessionFrame> frames = new ArrayList<>();
        for (int from = 0; from < all.size(); from += RELAYS_AT_ONCE) {
            int to = Math.min(all.size(), from + RELAYS_AT_ONCE);
            RelayFrames together =
                    RelayFrames.newBuilder().addAllFrames(all.subList(from, to)).build();
            frames.add(SessionFrame.newBuilder().setRelays(together).build());
        }
        return frames;
    }

    static List<RelayFrame> relays(RelayFrames together) {
        int count = together.getFramesCount();
        if (count < 1 || count > RELAYS_AT_ONCE) {
            throw new IllegalArgumentException(
                    "1 to 64 things about payments in a frame, found " + count);
        }
        return together.getFramesList();
    }

    static SessionFrame of(Sessions.SayWatch say) {
        return SessionFrame.newBuilder().setWatch(say.frame()).build();
    }

    private static ByteString bytes(Bytes content) {
        return ByteString.copyFrom(content.toArray());
    }

    static ChannelId channel(ChannelFrame frame) {
        return new ChannelId(new Hash(Bytes.of(frame.getChannel().toByteArray())));
    }

    static List<ChannelMessage> messages(ChannelFrame frame) {
        int count = frame.getMessagesCount();
        if (count < 1 || count > Sessions.SAID_AT_ONCE) {
            throw new IllegalArgumentException("1 to 16 messages in a frame, found " + count);
        }
        return frame.getMessagesList().stream().map(MessageCodec::decode).toList();
    }

    static Bytes payload(ApplicationFrame frame) {
        ByteString payload = frame.getPayload();
        if (payload.size() > Sessions.MAXIMUM_PAYLOAD) {
            throw new IllegalArgumentException("payload of " + payload.size() + " bytes");
        }
        return Bytes.of(payload.toByteArray());
    }
}
