/**
 * Payments for what comes bit by bit: so much for each unit, at most so fast, and never more at
 * risk than both have agreed to. The rule to keep: whoever delivers and whoever pays count by the
 * same rules, each for itself. Start at {@link io.wormhole.channel.stream.StreamMeter}.
 */
@NullMarked
package io.wormhole.channel.stream;

import org.jspecify.annotations.NullMarked;
