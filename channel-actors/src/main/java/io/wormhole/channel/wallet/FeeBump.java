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
    private Amount needed = Amount.ZERO;

    /** Another look found it waiting: whether that is long enough. */
    boolean isDue(String purpose) {
        if (looks.merge(purpose, 1, Integer::sum) < PATIENCE_LOOKS) {
            return false;
        }
        looks.remove(purpose);
        return true;
    }

    /** A block took it at this price: the next begins a step lower. */
    void taken(String purpose, Amount price) {
        looks.remove(purpose);
        needed = Amount.of(price.baseUnits() / 3 * 2 + price.baseUnits() % 3 * 2 / 3);
    }

    /** What waits is raised to this price: what is wanted meanwhile begins with it. */
    void raisedTo(Amount price) {
        needed = needed.covers(price) ? needed : price;
    }

    /**
     * With which price something new begins. Whoever closes a channel alone and then has the chain
     * run a step has no time to find out twice what a block costs.
     */
    Amount first(Amount priceNow) {
        Amount most = priceNow.times(MOST_TIMES);
        Amount wanted = most.covers(needed) ? needed : most;
        return priceNow.covers(wanted) ? priceNow : wanted;
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
