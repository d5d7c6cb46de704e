/**
 * The ledger's small nouns: amounts, nonces, heights, checkpoints. The rule to keep: an invalid
 * value cannot exist, and arithmetic refuses instead of wrapping. Start at {@link
 * io.wormhole.protocol.ledger.Amount}.
 */
@NullMarked
package io.wormhole.protocol.ledger;

import org.jspecify.annotations.NullMarked;
