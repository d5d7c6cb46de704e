/**
 * How a contract is called, off the chain and on it alike: {@code contract(terms, state, message) →
 * {state, payouts, messages}}. The rule to keep: whatever goes wrong is a refusal that changes
 * nothing, and no outcome pays more than was locked. Start at {@link
 * io.wormhole.isa.contract.ContractCall}.
 */
@NullMarked
package io.wormhole.isa.contract;

import org.jspecify.annotations.NullMarked;
