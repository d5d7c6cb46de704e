/**
 * The transactions of the settlement chain as data; the ledger holds their rules. The rule to keep:
 * a kind's code is never reused. Start at {@link io.wormhole.protocol.transaction.Transaction}.
 */
@NullMarked
package io.wormhole.protocol.transaction;

import org.jspecify.annotations.NullMarked;
