package io.wormhole.settlement.chain;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.settlement.block.Block;

/**
 * A block that lacks only its proof of work.
 *
 * @param parent the header that it builds on
 * @param block the block, with work still to be done
 */
public record Candidate(BlockHeader parent, Block block) {}
