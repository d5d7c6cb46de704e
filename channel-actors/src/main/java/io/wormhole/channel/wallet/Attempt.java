package io.wormhole.channel.wallet;

import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.List;
import java.util.Set;

/**
 * A transaction that is submitted.
 *
 * @param first just signed
 * @param nowhere no version of it was known to the chain
 */
record Attempt(String purpose, SignedTransaction transaction, boolean first, boolean nowhere) {
    // Refusals that say nothing against the transaction itself.
    private static final Set<String> PASSING =
            Set.of(
                    "nonce-used",
                    "nonce-too-far",
                    "replacement-too-cheap",
                    "sender-limit",
                    "pool-full");

    /** Whether it is hopeless; an older version that waits somewhere may still be paid. */
    boolean isLost(Submission.Refused refused, List<SignedTransaction> versions) {
        boolean none = nowhere || versions.size() == 1;
        return none && !PASSING.contains(refused.code());
    }
}
