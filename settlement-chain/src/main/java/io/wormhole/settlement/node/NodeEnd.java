package io.wormhole.settlement.node;

/**
 * How a node ended.
 *
 * @param isOrderly whether it was asked to
 * @param reason one line for people
 */
public record NodeEnd(boolean isOrderly, String reason) {}
