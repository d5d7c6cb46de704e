package io.wormhole.settlement.chain;

import io.wormhole.settlement.block.Block;

/**
 * A block that lacks only its proof of work.
 *
 * @param round as in the question
 * @param block the block, with work still to be done
 */
public record Candidate(long round, Block block) {}
