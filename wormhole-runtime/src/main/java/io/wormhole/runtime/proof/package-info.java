/**
 * Proofs of the chain's state in the words of people. The rule to keep: what a proof shows is read
 * from the proof alone, never from a node. Start at {@link io.wormhole.runtime.proof.StateKey}.
 */
@NullMarked
package io.wormhole.runtime.proof;

import org.jspecify.annotations.NullMarked;
