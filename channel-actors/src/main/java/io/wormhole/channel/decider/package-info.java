/**
 * The rules of one side of a channel, pure: what is answered to each action in each phase, what is
 * remembered, what is owed to partner and chain. The rule to keep: no signature is in an effect
 * before the event that records it. Start at {@link io.wormhole.channel.decider.ChannelMemory}.
 */
@NullMarked
package io.wormhole.channel.decider;

import org.jspecify.annotations.NullMarked;
