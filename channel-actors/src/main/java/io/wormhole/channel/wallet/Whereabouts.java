package io.wormhole.channel.wallet;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where a purpose is: of its versions the one that is in a block, or else any that waits. */
record Whereabouts(Hash id, TransactionStatus status) {
    static CompletionStage<Whereabouts> of(
            List<SignedTransaction> versions, Settlement settlement) {
        CompletionStage<Whereabouts> best = lookUp(versions.get(0), settlement);
        for (SignedTransaction version : versions.subList(1, versions.size())) {
            best = best.thenCombine(lookUp(version, settlement), Whereabouts::or);
        }
        return best;
    }

    private static CompletionStage<Whereabouts> lookUp(
            SignedTransaction version, Settlement settlement) {
        return settlement
                .transaction(version.id())
                .thenApply(status -> new Whereabouts(version.id(), status));
    }

    private Whereabouts or(Whereabouts other) {
        return rank(other.status) > rank(status) ? other : this;
    }

    private static int rank(TransactionStatus status) {
        if (status instanceof TransactionStatus.Included) {
            return 2;
        }
        return status instanceof TransactionStatus.Pending ? 1 : 0;
    }
}
