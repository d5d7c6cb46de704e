package io.wormhole.settlement.chain;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.SignatureCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Verifies each signature once: what came in by gossip is not verified again in its block.
 * Thread-safe, bounded; for one network.
 */
final class VerifiedSignatures implements SignatureCheck {
    private static final int REMEMBERED = 50_000;

    private final Map<Hash, Signature> verified =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Hash, Signature> eldest) {
                    return size() > REMEMBERED;
                }
            };

    @Override
    public boolean accepts(SignedTransaction transaction, NetworkId network) {
        Hash id = transaction.id();
        synchronized (verified) {
            if (transaction.signature().equals(verified.get(id))) {
                return true;
            }
        }
        if (!transaction.isSignedFor(network)) {
            return false;
        }
        synchronized (verified) {
            verified.put(id, transaction.signature());
        }
        return true;
    }
}
