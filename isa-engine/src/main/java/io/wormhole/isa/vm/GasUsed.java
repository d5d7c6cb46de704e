package io.wormhole.isa.vm;

/** What a run used, in the units of {@link GasLimit}; a resource that ran out is used whole. */
public record GasUsed(long time, long space) {}
