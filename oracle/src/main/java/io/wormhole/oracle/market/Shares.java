package io.wormhole.oracle.market;

import io.wormhole.protocol.ledger.Amount;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Divides money in proportion, to the last base unit. */
final class Shares {
    private Shares() {}

    /** Shares of the running sum, rounded down: together they are the whole. */
    static SortedMap<String, Amount> divide(Amount whole, SortedMap<String, Long> weights) {
        BigInteger total =
                weights.values().stream()
                        .map(BigInteger::valueOf)
                        .reduce(BigInteger.ZERO, BigInteger::add);
        TreeMap<String, Amount> shares = new TreeMap<>();
        if (total.signum() == 0) {
            return Collections.unmodifiableSortedMap(shares);
        }
        BigInteger running = BigInteger.ZERO;
        long given = 0;
        for (Map.Entry<String, Long> entry : weights.entrySet()) {
            running = running.add(BigInteger.valueOf(entry.getValue()));
            long upToHere =
                    running.multiply(BigInteger.valueOf(whole.baseUnits()))
                            .divide(total)
                            .longValueExact();
            shares.put(entry.getKey(), Amount.of(upToHere - given));
            given = upToHere;
        }
        return Collections.unmodifiableSortedMap(shares);
    }
}
