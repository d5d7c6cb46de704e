/**
 * Contracts that pay by the answer to an oracle's question. The rule to keep: an answer counts only
 * with its proof against a final state of the chain. Start at {@link
 * io.wormhole.isa.contract.assurance.ByAnswer}.
 */
@NullMarked
package io.wormhole.isa.contract.assurance;

import org.jspecify.annotations.NullMarked;
