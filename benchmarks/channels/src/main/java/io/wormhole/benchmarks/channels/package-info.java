/**
 * Speed of channels: two nodes with their own durable journals, in one process, over a real link.
 * The rule to keep: every figure stands beside the limit that was measured in the same run. Start
 * at {@link io.wormhole.benchmarks.channels.Main}.
 */
@NullMarked
package io.wormhole.benchmarks.channels;

import org.jspecify.annotations.NullMarked;
