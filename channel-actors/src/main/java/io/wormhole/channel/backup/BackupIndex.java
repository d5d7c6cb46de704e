package io.wormhole.channel.backup;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.channel.ChannelId;
import java.util.Collection;
import java.util.List;

/** The list of all channels that have copies. */
final class BackupIndex {
    private static final int MOST_CHANNELS = 1_000_000;

    private BackupIndex() {}

    static Bytes encode(Collection<ChannelId> channels) {
        return new CanonicalWriter().writeList(List.copyOf(channels)).toBytes();
    }

    static List<ChannelId> decode(Bytes content) {
        return CanonicalReader.decode(
                content, in -> in.readList(MOST_CHANNELS, ChannelId::readFrom));
    }
}
