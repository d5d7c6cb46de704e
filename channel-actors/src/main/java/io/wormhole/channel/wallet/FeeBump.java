package io.wormhole.channel.wallet;

import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Raises the price of what waits too long for a block. The dearer transaction has the same nonce,
 * so only one of them can ever be paid.
 */
final class FeeBump {
    /** So many looks at a transaction that waits; a block and its finality are one each. */
    static final int PATIENCE_LOOKS = 8;

    /** At most this many times the price that the chain asks for now. */
    static final long MOST_TIMES = 50;

    private static final long PERCENT = 100;
    private static final long RAISED_PERCENT = 150;

    private final Map<String, Integer> looks = new HashMap<>();

    /** Another look found it waiting: whether that is long enough. */
    boolean isDue(String purpose) {
        if (looks.merge(purpose, 1, Integer::sum) < PATIENCE_LOOKS) {
            return false;
        }
        looks.remove(purpose);
        return true;
    }

    void forget(String purpose) {
        looks.remove(purpose);
    }

    /** The same at a higher price; empty when that would be out of all proportion. */
    static Optional<SignedTransaction> dearer(
            SignedTransaction waiting, Amount priceNow, KeyPair key, NetworkId network) {
        Transaction old = waiting.transaction();
        long most = Math.multiplyExact(Math.max(1, priceNow.baseUnits()), MOST_TIMES);
        long before = old.gasPrice().baseUnits();
        if (before >= most) {
            return Optional.empty();
        }
        long raised = before / PERCENT * RAISED_PERCENT + before % PERCENT * 3 / 2 + 1;
        long price = Math.min(most, Math.max(raised, priceNow.baseUnits()));
        return Optional.of(
                new Transaction(
                                old.sender(),
                                old.nonce(),
                                Amount.of(price),
                                old.timeGasLimit(),
                                old.spaceGasLimit(),
                                old.dataHash(),
                                old.body())
                        .signedBy(key, network));
    }
}
