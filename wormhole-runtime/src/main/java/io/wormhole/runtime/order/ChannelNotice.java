package io.wormhole.runtime.order;

import io.wormhole.channel.decider.Effect;
import io.wormhole.protocol.channel.ChannelId;

/** Something changed in a channel; published on the event stream of this node. */
public record ChannelNotice(ChannelId channel, Effect notice) {}
