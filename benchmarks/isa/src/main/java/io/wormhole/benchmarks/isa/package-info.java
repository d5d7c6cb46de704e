/**
 * Figures of the contract machine. The rule to keep: every figure is a median, printed with what it
 * was measured against. Start at {@link io.wormhole.benchmarks.isa.Main}.
 */
@NullMarked
package io.wormhole.benchmarks.isa;

import org.jspecify.annotations.NullMarked;
