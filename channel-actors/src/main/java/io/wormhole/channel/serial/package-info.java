/**
 * The module's entry in Pekko's serialization. The rule to keep: a manifest, once written, is read
 * for ever. Start at {@link io.wormhole.channel.serial.ChannelSerializer}.
 */
@NullMarked
package io.wormhole.channel.serial;

import org.jspecify.annotations.NullMarked;
