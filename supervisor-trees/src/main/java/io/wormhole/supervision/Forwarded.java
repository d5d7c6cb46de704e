package io.wormhole.supervision;

import org.apache.pekko.actor.DeadLetterSuppression;

/**
 * A message on its way from a stable reference to one incarnation, which unwraps it and notes its
 * number. Not a dead letter when it is not read: the reference still has the message.
 *
 * @param number 1 for the first message to this incarnation
 * @param message what the sender sent
 */
record Forwarded(long number, Object message) implements DeadLetterSuppression {}
