/**
 * The nouns of oracle questions that transactions, the ledger and contracts share. The rule to
 * keep: an answer acts only when final. Start at {@link io.wormhole.protocol.oracle.Question}.
 */
@NullMarked
package io.wormhole.protocol.oracle;

import org.jspecify.annotations.NullMarked;
