package io.wormhole.channel.decider;

/**
 * A deposit or a withdrawal that this side has proposed for the next state.
 *
 * @param refused whether the partner said no: it is remembered all the same, since a partner that
 *     signs it after all signs nothing else any more
 */
public record ResizeWish(Resize resize, boolean refused) {}
