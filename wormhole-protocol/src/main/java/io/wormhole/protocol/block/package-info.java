/**
 * Block headers: all that is needed to check a block. The rule to keep: everything a miner could
 * vary without new work is under the proof of work. Start at {@link
 * io.wormhole.protocol.block.BlockHeader}.
 */
@NullMarked
package io.wormhole.protocol.block;

import org.jspecify.annotations.NullMarked;
