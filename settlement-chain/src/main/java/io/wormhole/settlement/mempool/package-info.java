/**
 * Transactions that wait for a block. The rule to keep: the pool is bounded in every direction, and
 * what it refuses it refuses with a reason. Start at {@link
 * io.wormhole.settlement.mempool.Mempool}.
 */
@NullMarked
package io.wormhole.settlement.mempool;

import org.jspecify.annotations.NullMarked;
