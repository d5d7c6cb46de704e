package io.wormhole.supervision;

/**
 * The answer of count_children.
 *
 * @param specs child specs, running or not; 1 under simple_one_for_one
 * @param active children that run
 * @param supervisors children that are supervisors, running or not
 * @param workers children that are workers, running or not
 */
public record ChildCounts(int specs, int active, int supervisors, int workers) {}
