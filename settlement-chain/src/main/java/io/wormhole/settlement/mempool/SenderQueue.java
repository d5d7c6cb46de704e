package io.wormhole.settlement.mempool;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The waiting transactions of one sender by nonce; for one owner. */
final class SenderQueue {
    private final TreeMap<Nonce, Pooled> byNonce = new TreeMap<>();

    Optional<Pooled> at(Nonce nonce) {
        return Optional.ofNullable(byNonce.get(nonce));
    }

    void put(Pooled pooled) {
        byNonce.put(pooled.nonce(), pooled);
    }

    void remove(Nonce nonce) {
        byNonce.remove(nonce);
    }

    int size() {
        return byNonce.size();
    }

    boolean isEmpty() {
        return byNonce.isEmpty();
    }

    /** Those that can follow the account's nonce without a gap. */
    List<Pooled> runFrom(Nonce accountNonce) {
        List<Pooled> run = new ArrayList<>();
        Nonce next = accountNonce.next();
        for (Pooled pooled : byNonce.tailMap(next, true).values()) {
            if (!pooled.nonce().equals(next)) {
                break;
            }
            run.add(pooled);
            next = next.next();
        }
        return run;
    }

    /** Those whose nonce is used. */
    List<Pooled> upTo(Nonce accountNonce) {
        return List.copyOf(byNonce.headMap(accountNonce, true).values());
    }

    /** Those with this nonce and above. */
    List<Pooled> from(Nonce nonce) {
        return List.copyOf(byNonce.tailMap(nonce, true).values());
    }

    /** Fees of all but the one with {@code replaced}; larger than any balance on overflow. */
    Amount feesWithout(Nonce replaced, Amount plus) {
        BigInteger sum = BigInteger.valueOf(plus.baseUnits());
        for (Pooled pooled : byNonce.values()) {
            if (!pooled.nonce().equals(replaced)) {
                sum = sum.add(BigInteger.valueOf(pooled.fee().baseUnits()));
            }
        }
        return Amount.of(sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }
}
