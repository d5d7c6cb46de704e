/**
 * The load driver that measures supervision. The one rule to keep: every case exists in {@code
 * supervision_bench.erl} too and does the same. Start reading at {@link
 * io.wormhole.supervision.benchmark.SupervisionBenchmark}.
 */
@NullMarked
package io.wormhole.supervision.benchmark;

import org.jspecify.annotations.NullMarked;
