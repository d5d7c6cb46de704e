/**
 * Payment streams of a node: paying for what comes bit by bit, and counting what one delivers. The
 * rule to keep: never more is at risk than the limit, on either side. Start at {@link
 * io.wormhole.runtime.stream.Streams}.
 */
@NullMarked
package io.wormhole.runtime.stream;

import org.jspecify.annotations.NullMarked;
