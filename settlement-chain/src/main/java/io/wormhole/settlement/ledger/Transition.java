package io.wormhole.settlement.ledger;

import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.Optional;

/**
 * The rule and the result of one kind of body. Format, signature, nonce and funds are checked, fee
 * and nonce are taken. A refusal drops the draft, so a transition may change it before it refuses.
 */
@FunctionalInterface
interface Transition<B extends TransactionBody> {
    Optional<Refusal> apply(B body, Transaction transaction, Draft draft);

    /** The answer of a transition that refuses. */
    static Optional<Refusal> refuse(Refusal refusal) {
        return Optional.of(refusal);
    }

    /** The answer of a transition that is done. */
    static Optional<Refusal> done() {
        return Optional.empty();
    }

    /** What a contract said, cut so that it can be kept. */
    static String shortened(String text) {
        int most = 300;
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...";
    }
}
