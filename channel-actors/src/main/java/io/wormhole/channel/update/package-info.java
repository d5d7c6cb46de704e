/**
 * What an update of a channel can do, and the one function that computes the state after it. The
 * rule to keep: both parties and every replay compute exactly the same state, and value is
 * conserved. Start at {@link io.wormhole.channel.update.UpdateRules}.
 */
@NullMarked
package io.wormhole.channel.update;

import org.jspecify.annotations.NullMarked;
