/**
 * The rules by which nodes that do not trust each other agree on one chain: target, reward,
 * finality, fork choice, slashing, leak and governance.
 *
 * <p>The one rule to keep: everything here is a pure function over immutable values; money that
 * leaves a value comes back in the result, so that the ledger can book it.
 *
 * <p>Start reading at {@link io.wormhole.settlement.consensus.FinalityState}, then {@link
 * io.wormhole.settlement.consensus.ForkChoice}.
 */
@NullMarked
package io.wormhole.settlement.consensus;

import org.jspecify.annotations.NullMarked;
