/** Nodes that watch for others, as their users see them. */
@NullMarked
package io.wormhole.runtime.watch;

import org.jspecify.annotations.NullMarked;
