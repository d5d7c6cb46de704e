/**
 * Follows the chain for every channel of the operator. The rule to keep: level-triggered, so that a
 * missed block, a restart or a reorganisation loses nothing. Start at {@link
 * io.wormhole.channel.watcher.ChannelWatcher}.
 */
@NullMarked
package io.wormhole.channel.watcher;

import org.jspecify.annotations.NullMarked;
