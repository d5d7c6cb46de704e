/**
 * Contracts that pay by the answer to an oracle's question. The rule to keep: an answer counts only
 * with the signatures that the terms ask for. Start at {@link
 * io.wormhole.isa.contract.assurance.AnswerTerms}.
 */
@NullMarked
package io.wormhole.isa.contract.assurance;

import org.jspecify.annotations.NullMarked;
