package io.wormhole.oracle.rules;

import io.wormhole.protocol.oracle.AnsweredQuestion;

/** A question's end: what holds from now on, and where the deposits go. */
public record Resolution(AnsweredQuestion answered, Payout payout) {}
