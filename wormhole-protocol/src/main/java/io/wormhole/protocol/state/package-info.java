/**
 * The ledger's entries as they stand in its authenticated maps, for whoever checks a proof. The
 * rule to keep: formats here change only with a protocol version. Start at {@link
 * io.wormhole.protocol.state.AccountEntry}.
 */
@NullMarked
package io.wormhole.protocol.state;

import org.jspecify.annotations.NullMarked;
