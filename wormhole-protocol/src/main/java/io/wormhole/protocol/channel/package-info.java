/**
 * What the parties of a state channel sign: terms, states, closing balances. The rule to keep:
 * every field that matters is under every participant's signature. Start at {@link
 * io.wormhole.protocol.channel.ChannelState}.
 */
@NullMarked
package io.wormhole.protocol.channel;

import org.jspecify.annotations.NullMarked;
