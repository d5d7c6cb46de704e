package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;

/**
 * What a participant signs, with tag {@code channel-delegate}, to let somebody challenge in its
 * stead. Whoever holds it can show newer co-signed states and nothing else.
 */
public record Delegation(ChannelId channel, Address delegate) implements Canonical {
    /** Reads channel and delegate. */
    public static Delegation readFrom(CanonicalReader in) {
        return new Delegation(ChannelId.readFrom(in), Address.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(channel).write(delegate);
    }
}
