/**
 * Voting for finality. The rule to keep: a vote is on the disk before it leaves, and no two votes
 * of one key ever contradict each other. Start at {@link
 * io.wormhole.settlement.validator.ValidatorActor}.
 */
@NullMarked
package io.wormhole.settlement.validator;

import org.jspecify.annotations.NullMarked;
