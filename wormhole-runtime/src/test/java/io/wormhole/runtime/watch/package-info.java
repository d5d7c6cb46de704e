/** Nodes that watch for others, and swaps, as their users see them. */
@NullMarked
package io.wormhole.runtime.watch;

import org.jspecify.annotations.NullMarked;
