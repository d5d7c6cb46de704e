/**
 * The chain that a node follows: the tree of valid blocks, fork choice, import, reorganisation, and
 * the events that followers see. The rule to keep: a block is stored before anybody hears of it,
 * and the final subtree is never left. Start at {@link io.wormhole.settlement.chain.Chain}.
 */
@NullMarked
package io.wormhole.settlement.chain;

import org.jspecify.annotations.NullMarked;
