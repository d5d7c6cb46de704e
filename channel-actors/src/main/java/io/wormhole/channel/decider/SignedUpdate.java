package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.crypto.Signature;

/** The partner's update as this side has signed it; binding once the partner acknowledges. */
public record SignedUpdate(Update update, ChannelPosition position, Signature mine) {}
