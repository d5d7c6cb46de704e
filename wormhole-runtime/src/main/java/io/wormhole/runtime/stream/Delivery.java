package io.wormhole.runtime.stream;

import io.wormhole.channel.stream.StreamMeter;
import io.wormhole.channel.stream.StreamTerms;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The delivering side of a stream: counts what went out and what the partner paid since. */
final class Delivery {
    private final InstantSource clock;
    private final Instant start;
    private StreamMeter meter;

    Delivery(StreamTerms terms, InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
        this.meter = StreamMeter.begin(terms);
    }

    synchronized StreamMeter meter() {
        return meter;
    }

    /** So many units are to have gone out in all; refused when that is more than may. */
    synchronized StreamMeter delivered(long units) {
        Duration running = Duration.between(start, clock.instant());
        Optional<String> objection = meter.objection(units, running);
        if (objection.isPresent()) {
            throw new StreamNotPossible("do not deliver: " + objection.get());
        }
        meter = meter.after(units);
        return meter;
    }

    synchronized void paid(Amount amount) {
        meter = meter.afterPaying(amount);
    }
}
