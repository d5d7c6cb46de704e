/**
 * Watching channels for others, for pay, and being watched. The rule to keep: a watcher can
 * challenge for its client and nothing else, and it says that it holds a state only when it would
 * survive a crash. Start at {@link io.wormhole.channel.watch.WatchRules}; {@link
 * io.wormhole.channel.watch.WatchDesk} watches, {@link io.wormhole.channel.watch.WatchClient} is
 * watched.
 */
@NullMarked
package io.wormhole.channel.watch;

import org.jspecify.annotations.NullMarked;
