package io.wormhole.settlement.ledger;

import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.transaction.SignedTransaction;

/** Who says whether a transaction is signed by its sender; the answer must always be the same. */
@FunctionalInterface
public interface SignatureCheck {
    /** Verifies the signature. */
    SignatureCheck FULL = SignedTransaction::isSignedFor;

    /** For transactions whose signatures were verified before. */
    SignatureCheck DONE_BEFORE = (transaction, network) -> true;

    /** Whether the sender signed {@code transaction} for {@code network}. */
    boolean accepts(SignedTransaction transaction, NetworkId network);
}
