package io.wormhole.oracle.rules;

/** A question's end: what holds from now on, and where the deposits go. */
public record Resolution(AnsweredQuestion answered, Payout payout) {}
