/**
 * The judge: the ledger and the one pure function per transaction body that changes it. The rule to
 * keep: a transaction is applied whole or refused without a trace, and no base unit appears or
 * disappears unbooked. Start at {@link io.wormhole.settlement.ledger.Transitions}.
 */
@NullMarked
package io.wormhole.settlement.ledger;

import org.jspecify.annotations.NullMarked;
