/**
 * Blocks in short form: a node that has most of a block's transactions waiting already is told only
 * which they are. The rule to keep: a block is rebuilt to exactly what its header commits to, or
 * fetched whole. Start at {@link io.wormhole.settlement.relay.BlockRebuilder}.
 */
@NullMarked
package io.wormhole.settlement.relay;

import org.jspecify.annotations.NullMarked;
