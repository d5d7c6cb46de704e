package io.wormhole.oracle.duty;

import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.settlement.InclusionProof;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the id of a question by the transaction that asked it. */
final class OracleFinder {
    private OracleFinder() {}

    static CompletionStage<Optional<OracleId>> find(Settlement settlement, Purse.Brought result) {
        return result instanceof Purse.Brought.Final asked
                ? settlement
                        .inclusionProof(asked.transaction())
                        .thenApply(proof -> proof.map(OracleFinder::of))
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private static OracleId of(InclusionProof proof) {
        Transaction asking = proof.transaction().transaction();
        return OracleId.of(asking.sender().address(), asking.nonce());
    }
}
