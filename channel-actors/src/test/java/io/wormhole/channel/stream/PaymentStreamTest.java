package io.wormhole.channel.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class PaymentStreamTest {
    private static final StreamTerms TERMS = new StreamTerms(Amount.of(7), 10, Amount.of(100));

    private final List<String> names = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private boolean refuses;
    private final PaymentStream stream =
            new PaymentStream(
                    "water",
                    TERMS,
                    (name, amount) -> {
                        names.add(name + ":" + amount.baseUnits());
                        return refuses
                                ? CompletableFuture.failedFuture(new IllegalStateException("no"))
                                : CompletableFuture.completedFuture(amount);
                    },
                    () -> now);

    private StreamMeter delivered(long units) {
        return stream.delivered(units).toCompletableFuture().join();
    }

    @Test
    void halfOfTheExposureIsPaidAtOnceAndTheRestAtTheEnd() {
        delivered(3);
        assertThat(names).isEmpty();

        delivered(8);
        now = now.plusSeconds(1);
        delivered(10);
        StreamMeter end = stream.end().toCompletableFuture().join();

        assertThat(names).containsExactly("stream-water-0:56", "stream-water-56:14");
        assertThat(end.owed()).isEqualTo(Amount.ZERO);
    }

    @Test
    void claimsBeyondTheRateOrTheLimitAreNotPaid() {
        assertThatThrownBy(() -> delivered(11)).hasMessageContaining("at most 10 can have come");
        now = now.plus(Duration.ofMinutes(1));
        assertThatThrownBy(() -> delivered(15)).hasMessageContaining("allows 14");
        delivered(14);
        assertThatThrownBy(() -> delivered(13)).hasMessageContaining("14 were before");

        assertThat(stream.meter().delivered()).isEqualTo(14);
        assertThat(stream.meter().paid()).isEqualTo(Amount.of(98));
    }

    @Test
    void aPaymentThatFailedIsAskedAgainUnderItsName() {
        now = now.plus(Duration.ofMinutes(1));
        refuses = true;
        assertThatThrownBy(() -> delivered(8)).isInstanceOf(CompletionException.class);
        refuses = false;

        delivered(9);

        assertThat(names).containsExactly("stream-water-0:56", "stream-water-0:56");
        assertThat(stream.meter().paid()).isEqualTo(Amount.of(56));
        assertThat(stream.end().toCompletableFuture().join().paid()).isEqualTo(Amount.of(63));
    }

    @Test
    void neverIsMoreAtRiskThanAgreed() {
        SplittableRandom random = new SplittableRandom(7);
        StreamMeter meter = StreamMeter.begin(TERMS);
        for (int i = 0; i < 10_000; i++) {
            long units = meter.delivered() + random.nextInt(30);
            if (meter.objection(units, Duration.ofDays(1)).isEmpty()) {
                meter = meter.after(units);
            }
            assertThat(TERMS.exposureLimit().covers(meter.owed())).isTrue();
            meter = meter.afterPaying(meter.due());
            assertThat(meter.deliverable()).isPositive();
        }
    }

    @Test
    void termsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new StreamTerms(Amount.ZERO, 1, Amount.of(1)))
                .hasMessageContaining("costs nothing");
        assertThatThrownBy(() -> new StreamTerms(Amount.of(5), 1, Amount.of(4)))
                .hasMessageContaining("less than one unit");
        assertThatThrownBy(() -> new StreamTerms(Amount.of(5), 0, Amount.of(5)))
                .hasMessageContaining("1 to 1000000000");
        assertThatThrownBy(() -> new StreamTerms(Amount.of(5), 1, Amount.of(Long.MAX_VALUE)))
                .hasMessageContaining("at most");
    }
}
