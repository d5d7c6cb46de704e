/**
 * What a node keeps on disk: blocks, state nodes, the chain that it follows, its own votes. The
 * rule to keep: a call that returned is durable, and a block is stored whole or not at all. Start
 * at {@link io.wormhole.settlement.store.ChainStore}.
 */
@NullMarked
package io.wormhole.settlement.store;

import org.jspecify.annotations.NullMarked;
