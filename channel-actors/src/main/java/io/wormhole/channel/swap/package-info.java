/**
 * Swaps between two chains by one hash: money in a channel of the one for money in a channel of the
 * other. The rule to keep: who locks second has the time to redeem after the first could. Start at
 * {@link io.wormhole.channel.swap.SwapRules}.
 */
@NullMarked
package io.wormhole.channel.swap;

import org.jspecify.annotations.NullMarked;
