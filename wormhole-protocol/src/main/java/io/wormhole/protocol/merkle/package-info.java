/**
 * Merkle trees: RFC 6962 lists, and the one kind of authenticated map with proofs and witnesses.
 * The rule to keep: a root depends on the content alone, and whatever was not proven is unknown,
 * never absent. Start at {@link io.wormhole.protocol.merkle.AuthenticatedMap}.
 */
@NullMarked
package io.wormhole.protocol.merkle;

import org.jspecify.annotations.NullMarked;
