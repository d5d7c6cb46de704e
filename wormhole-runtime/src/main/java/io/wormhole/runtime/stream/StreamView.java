package io.wormhole.runtime.stream;

import io.wormhole.channel.stream.StreamMeter;
import io.wormhole.protocol.channel.ChannelId;

/**
 * A stream as it stands.
 *
 * @param paying whether this node pays; else it delivers and is paid
 */
public record StreamView(
        String id, ChannelId channel, boolean paying, boolean ended, StreamMeter meter) {}
