/**
 * All channels of one operator behind one door: opens, pays, closes, disputes. The rule to keep: it
 * wires and forwards, and decides nothing. Start at {@link
 * io.wormhole.channel.node.ChannelService}.
 */
@NullMarked
package io.wormhole.channel.node;

import org.jspecify.annotations.NullMarked;
