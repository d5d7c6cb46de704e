/**
 * Where answers come from: sources of readings, their combination, and the evidence that is kept of
 * them. The rule to keep: whatever a source sends is bounded in size and time, and a source that
 * fails says why. Start at {@link io.wormhole.oracle.feed.FeedPlan}.
 */
@NullMarked
package io.wormhole.oracle.feed;

import org.jspecify.annotations.NullMarked;
