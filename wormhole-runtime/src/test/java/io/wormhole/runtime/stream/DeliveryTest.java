package io.wormhole.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.stream.StreamTerms;
import io.wormhole.protocol.ledger.Amount;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private final Delivery delivery =
            new Delivery(
                    new StreamTerms(Amount.of(10), 100, Amount.of(100)),
                    InstantSource.fixed(Instant.EPOCH));

    @Test
    void nothingGoesOutBeyondWhatMayBeUnpaid() {
        delivery.delivered(10);

        assertThatThrownBy(() -> delivery.delivered(11))
                .isInstanceOf(StreamNotPossible.class)
                .hasMessageContaining("allows 10");
        assertThat(delivery.meter().delivered()).isEqualTo(10);
    }

    @Test
    void aPaymentMakesRoom() {
        delivery.delivered(10);
        delivery.paid(Amount.of(60));

        assertThat(delivery.delivered(16).deliverable()).isZero();
        assertThat(delivery.meter().owed()).isEqualTo(Amount.of(100));
    }

    @Test
    void countsOnlyForwards() {
        delivery.delivered(5);

        assertThatThrownBy(() -> delivery.delivered(4)).isInstanceOf(StreamNotPossible.class);
    }
}
