package io.wormhole.settlement.simulation;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who has signed two votes for one epoch, as plainly as it can be said: nothing is ever forgotten.
 * The judge of what the real watch finds.
 */
final class Contradictions {
    private final TreeMap<Address, TreeMap<Long, Checkpoint>> targets = new TreeMap<>();
    private final TreeMap<Address, Long> since = new TreeMap<>();

    /** Takes note of a rightly signed transaction. */
    void note(SignedTransaction transaction, long elapsedMillis) {
        if (transaction.transaction().body() instanceof FinalityTransaction.Vote vote) {
            Address voter = transaction.transaction().sender().address();
            Checkpoint first =
                    targets.computeIfAbsent(voter, unknown -> new TreeMap<>())
                            .computeIfAbsent(vote.target().epoch(), epoch -> vote.target());
            if (!first.equals(vote.target())) {
                since.putIfAbsent(voter, elapsedMillis);
            }
        }
    }

    /** When the second vote of each offender came. */
    Map<Address, Long> since() {
        return since;
    }
}
