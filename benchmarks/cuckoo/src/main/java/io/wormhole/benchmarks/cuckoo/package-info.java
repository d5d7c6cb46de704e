/**
 * Measures the Cuckoo Cycle solvers and the verifier, and beside them another implementation if
 * there is one.
 *
 * <p>The one rule to keep: what is compared runs in turns within one measurement, so that a busy
 * machine slows both.
 *
 * <p>Start reading at {@link io.wormhole.benchmarks.cuckoo.CuckooBenchmark}.
 */
@NullMarked
package io.wormhole.benchmarks.cuckoo;

import org.jspecify.annotations.NullMarked;
