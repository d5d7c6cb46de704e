package io.wormhole.settlement.block;

/**
 * What a run of a block's transactions showed.
 *
 * @param witness what they look at
 * @param effects what they do
 */
public record Rehearsal(BlockWitness witness, Effects effects) {}
