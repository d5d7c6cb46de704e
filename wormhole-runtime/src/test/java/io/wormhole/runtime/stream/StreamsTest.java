package io.wormhole.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.stream.StreamTerms;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final StreamTerms TERMS = new StreamTerms(Amount.of(10), 100, Amount.of(100));
    private static final ChannelId CHANNEL =
            new ChannelId(Hash.of(DomainTag.GENESIS, Bytes.of((byte) 1)));
    private static final ChannelId OTHER =
            new ChannelId(Hash.of(DomainTag.GENESIS, Bytes.of((byte) 2)));

    private final Streams streams = new Streams(InstantSource.fixed(Instant.EPOCH));

    @Test
    void onePaymentCountsForOneDelivery() {
        StreamView first = streams.begin(CHANNEL, 0, false, TERMS);

        assertThatThrownBy(() -> streams.begin(CHANNEL, 0, false, TERMS))
                .isInstanceOf(StreamNotPossible.class)
                .hasMessageContaining("already");
        streams.begin(OTHER, 0, false, TERMS);
        streams.begin(CHANNEL, 0, true, TERMS);
        streams.end(first.id()).toCompletableFuture().join();
        assertThat(streams.begin(CHANNEL, 0, false, TERMS).paying()).isFalse();
    }

    @Test
    void aPaymentThatTheChannelLostIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Done> done = new CompletableFuture<>();

        Streams.ask(
                () ->
                        asked.incrementAndGet() < 3
                                ? CompletableFuture.failedFuture(new IllegalStateException("lost"))
                                : CompletableFuture.completedFuture(
                                        new ChannelEntity.Completed("payment", new Nonce(1))),
                done,
                Duration.ofMillis(1));

        assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(Done.done());
        assertThat(asked).hasValue(3);
    }
}
