package io.wormhole.channel.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ChannelId FIRST = channel(1);

    private final Handover handover = new Handover();

    private static ChannelId channel(int number) {
        return new ChannelId(Hash.of(DomainTag.GENESIS, Bytes.of((byte) number)));
    }

    private static WatchMessage.Hold hold(ChannelId channel, long number) {
        return new WatchMessage.Hold(WatchSeal.hint(channel, 0), number, Bytes.of((byte) number));
    }

    private void sent(ChannelId channel, long number) {
        assertThat(handover.next()).contains(channel);
        handover.sent(channel, hold(channel, number));
    }

    @Test
    void ofABusyChannelOneStateIsOnTheWayAndThenTheNewest() {
        handover.newest(FIRST, 1, START);
        sent(FIRST, 1);
        for (long number = 2; number <= 500; number++) {
            handover.newest(FIRST, number, START);
            assertThat(handover.next()).isEmpty();
        }

        handover.confirmed(WatchSeal.hint(FIRST, 0), START);

        sent(FIRST, 500);
        handover.confirmed(WatchSeal.hint(FIRST, 0), START);
        assertThat(handover.next()).isEmpty();
        assertThat(requireNonNull(handover.lines().get(FIRST)).held()).isEqualTo(500);
    }

    @Test
    void whatIsNotConfirmedIsHandedOverAgainOnANewLink() {
        handover.newest(FIRST, 3, START);
        sent(FIRST, 3);

        handover.again();

        sent(FIRST, 3);
        handover.confirmed(WatchSeal.hint(FIRST, 0), START);
        handover.again();
        assertThat(handover.next()).isEmpty();
    }

    @Test
    void notTooManyAreOnTheWayAtOnce() {
        for (int i = 0; i < 100; i++) {
            handover.newest(channel(i), 1, START);
        }
        int sent = 0;
        for (Optional<ChannelId> next = handover.next(); next.isPresent(); sent++) {
            handover.sent(next.get(), hold(next.get(), 1));
            next = handover.next();
        }

        assertThat(sent).isEqualTo(64);
    }

    @Test
    void whoHoldsAnOlderStateForLongIsBehind() {
        handover.newest(FIRST, 1, START);
        sent(FIRST, 1);
        handover.confirmed(WatchSeal.hint(FIRST, 0), START);
        Instant later = START.plusSeconds(1_000);
        handover.newest(FIRST, 2, later);

        assertThat(handover.behind(Duration.ofSeconds(60), later.plusSeconds(60))).isEmpty();
        assertThat(handover.behind(Duration.ofSeconds(60), later.plusSeconds(61)))
                .containsExactly(FIRST);
    }

    @Test
    void whatIsRefusedIsNotOfferedAgainBeforeItChanges() {
        handover.newest(FIRST, 1, START);
        sent(FIRST, 1);

        assertThat(handover.refused(WatchSeal.hint(FIRST, 0), "too large")).contains(FIRST);

        assertThat(handover.next()).isEmpty();
        assertThat(requireNonNull(handover.lines().get(FIRST)).refused()).contains("too large");
        handover.newest(FIRST, 2, START);
        assertThat(handover.next()).contains(FIRST);
    }

    private void confirmed(ChannelId channel, long number) {
        handover.newest(channel, number, START);
        sent(channel, number);
        handover.confirmed(WatchSeal.hint(channel, 0), START);
    }

    @Test
    void whatAWatcherHasDroppedIsHandedOverAgainWhenItIsPaid() {
        confirmed(FIRST, 4);
        confirmed(channel(2), 7);

        handover.unpaid(START);

        assertThat(handover.lines().values()).allMatch(line -> line.held() == 0);
        assertThat(handover.next()).isEmpty();
        handover.paid();
        sent(FIRST, 4);
        sent(channel(2), 7);
    }

    @Test
    void aWatcherThatHoldsLessThanItConfirmedIsNoticedOnceNothingIsOnTheWay() {
        confirmed(FIRST, 4);
        confirmed(channel(2), 7);

        assertThat(handover.isMoreThan(2)).isFalse();
        assertThat(handover.isMoreThan(1)).isTrue();
        handover.newest(FIRST, 5, START);
        sent(FIRST, 5);
        assertThat(handover.isMoreThan(1)).isFalse();
    }

    @Test
    void whatAWatcherHasNoTimeForIsHandedOverAgainLater() {
        handover.newest(FIRST, 1, START);
        sent(FIRST, 1);

        assertThat(handover.busy(WatchSeal.hint(FIRST, 0))).contains(FIRST);

        assertThat(handover.next()).isEmpty();
        handover.later();
        sent(FIRST, 1);
    }
}
