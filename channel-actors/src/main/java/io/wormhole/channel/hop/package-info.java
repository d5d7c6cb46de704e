/**
 * Payments over several channels, one hash-time-lock in each: all hops pay or none. The rule to
 * keep: what a node owes follows from its two channels and the head of the chain alone, so nothing
 * is lost by a restart. Start at {@link io.wormhole.channel.hop.HopRules}.
 */
@NullMarked
package io.wormhole.channel.hop;

import org.jspecify.annotations.NullMarked;
