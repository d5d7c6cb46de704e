package io.wormhole.settlement.node;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a light node has handed in and not yet seen in a final block; it is handed in again until
 * then, since whoever took it may have dropped it. For one owner.
 */
final class OwnTransactions {
    private static final int MOST = 1_000;

    private final Map<Hash, SignedTransaction> waiting = new LinkedHashMap<>();

    void add(SignedTransaction transaction) {
        if (waiting.size() < MOST) {
            waiting.putIfAbsent(transaction.id(), transaction);
        }
    }

    boolean contains(Hash id) {
        return waiting.containsKey(id);
    }

    List<SignedTransaction> all() {
        return List.copyOf(waiting.values());
    }

    /** The nonce after {@code used} and after what waits of this sender without a gap. */
    Nonce next(Address sender, Nonce used) {
        List<Nonce> nonces = new ArrayList<>();
        for (SignedTransaction each : waiting.values()) {
            if (each.transaction().sender().address().equals(sender)) {
                nonces.add(each.transaction().nonce());
            }
        }
        Nonce next = used.next();
        while (nonces.contains(next)) {
            next = next.next();
        }
        return next;
    }

    /** Forgets what can be in no later block, by the final nonces of the senders. */
    void settle(Function<Address, Optional<Nonce>> finalNonces) {
        Map<Address, Optional<Nonce>> known = new LinkedHashMap<>();
        waiting.values()
                .removeIf(
                        each ->
                                known.computeIfAbsent(
                                                each.transaction().sender().address(), finalNonces)
                                        .filter(used -> !each.transaction().nonce().isAfter(used))
                                        .isPresent());
    }
}
