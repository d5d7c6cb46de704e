package io.wormhole.channel.stream;

import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a stream stands. Pure: time comes in as an argument.
 *
 * @param delivered units in all
 * @param paid money in all
 */
public record StreamMeter(StreamTerms terms, long delivered, Amount paid) {
    /** Refuses fewer than no units. */
    public StreamMeter {
        if (delivered < 0) {
            throw new IllegalArgumentException("units below zero: " + delivered);
        }
    }

    /** The start of a stream. */
    public static StreamMeter begin(StreamTerms terms) {
        return new StreamMeter(terms, 0, Amount.ZERO);
    }

    /** What is delivered and not paid. */
    public Amount owed() {
        Amount cost = terms.pricePerUnit().times(delivered);
        return cost.covers(paid) ? cost.minus(paid) : Amount.ZERO;
    }

    /** How many more units may be delivered before the next payment. */
    public long deliverable() {
        Amount most = paid.plus(terms.exposureLimit());
        return most.baseUnits() / terms.pricePerUnit().baseUnits() - delivered;
    }

    /**
     * Why a claim that {@code units} were delivered in all is not paid; empty when it is.
     *
     * @param running how long the stream has been running
     */
    public Optional<String> objection(long units, Duration running) {
        if (units < delivered) {
            return Optional.of("%d units claimed, %d were before".formatted(units, delivered));
        }
        // A unit that has begun counts, so that the first may come at once.
        long most =
                Math.addExact(
                        Math.multiplyExact(running.toSeconds(), terms.unitsPerSecond()),
                        terms.unitsPerSecond());
        if (units > most) {
            return Optional.of(
                    "%d units claimed after %d s, at most %d can have come"
                            .formatted(units, running.toSeconds(), most));
        }
        return units - delivered > deliverable()
                ? Optional.of(
                        "%d units claimed, the limit of %s allows %d before a payment"
                                .formatted(units, terms.exposureLimit(), delivered + deliverable()))
                : Optional.empty();
    }

    /** After so many units in all. */
    public StreamMeter after(long units) {
        return new StreamMeter(terms, units, paid);
    }

    /**
     * What the payer pays now: all that is owed, once it is half of what may be owed, so that
     * neither waits for the other.
     */
    public Amount due() {
        Amount owed = owed();
        boolean half = owed.times(2).covers(terms.exposureLimit()) || deliverable() < 1;
        return half ? owed : Amount.ZERO;
    }

    /** After a payment. */
    public StreamMeter afterPaying(Amount amount) {
        return new StreamMeter(terms, delivered, paid.plus(amount));
    }
}
