package io.wormhole.channel.stream;

import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The payer's side of a stream: is told how much has come, and pays as it goes. One payment is
 * under way at a time. Thread-safe.
 */
public final class PaymentStream {
    private final String name;
    private final Payer payer;
    private final InstantSource clock;
    private final Instant start;
    private StreamMeter meter;
    private CompletionStage<StreamMeter> last;
    // A payment that was asked for and not confirmed.
    private Optional<Amount> asked = Optional.empty();

    /** Pays the partner, in a channel or over several. */
    @FunctionalInterface
    public interface Payer {
        /** Complete when paid, under a name that makes it happen once; fails otherwise. */
        CompletionStage<?> pay(String name, Amount amount);
    }

    /** A claim that is not paid; the stream goes on when the claims are right again. */
    public static final class ClaimRefused extends RuntimeException {
        ClaimRefused(String reason) {
            super(reason);
        }
    }

    /**
     * A stream that begins now.
     *
     * @param name names it among the payer's streams
     */
    public PaymentStream(String name, StreamTerms terms, Payer payer, InstantSource clock) {
        this.name = name;
        this.payer = payer;
        this.clock = clock;
        this.start = clock.instant();
        this.meter = StreamMeter.begin(terms);
        this.last = CompletableFuture.completedFuture(meter);
    }

    /** Where it stands. */
    public synchronized StreamMeter meter() {
        return meter;
    }

    /**
     * So many units have come in all. Complete when what is due is paid; fails with {@link
     * ClaimRefused} when so many cannot have come.
     */
    public synchronized CompletionStage<StreamMeter> delivered(long units) {
        last = last.handle((before, failure) -> before).thenCompose(before -> claim(units));
        return last;
    }

    private synchronized CompletionStage<StreamMeter> claim(long units) {
        Duration running = Duration.between(start, clock.instant());
        Optional<String> objection = meter.objection(units, running);
        if (objection.isPresent()) {
            return CompletableFuture.failedFuture(new ClaimRefused(objection.get()));
        }
        meter = meter.after(units);
        return pay(meter.due());
    }

    /** Pays the rest. */
    public synchronized CompletionStage<StreamMeter> end() {
        last =
                last.handle((before, failure) -> before)
                        .thenCompose(before -> pay(rest()))
                        .thenCompose(paid -> pay(rest()));
        return last;
    }

    private synchronized Amount rest() {
        return meter.owed();
    }

    // Name and amount follow from what was paid before: asked again after a failure, it is the same
    // payment, and what is due beyond it comes with the next.
    private synchronized CompletionStage<StreamMeter> pay(Amount due) {
        Amount amount = asked.orElse(due);
        if (amount.isZero()) {
            return CompletableFuture.completedFuture(meter);
        }
        asked = Optional.of(amount);
        String request = "stream-%s-%d".formatted(name, meter.paid().baseUnits());
        return payer.pay(request, amount).thenApply(done -> paid(amount));
    }

    private synchronized StreamMeter paid(Amount amount) {
        asked = Optional.empty();
        meter = meter.afterPaying(amount);
        return meter;
    }
}
