/**
 * Blocks: their bytes, their assembly and their verification with a state or with none. The rule to
 * keep: both ways of verification accept exactly the same blocks. Start at {@link
 * io.wormhole.settlement.block.BlockVerifier}.
 */
@NullMarked
package io.wormhole.settlement.block;

import org.jspecify.annotations.NullMarked;
