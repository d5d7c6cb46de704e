package io.wormhole.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final AtomicInteger resumed = new AtomicInteger();
    private final Inbox inbox = new Inbox(resumed::incrementAndGet);

    private void add(int frames) {
        for (int i = 0; i < frames; i++) {
            inbox.add(new byte[] {1});
        }
    }

    private void take(int frames) {
        for (int i = 0; i < frames; i++) {
            assertThat(inbox.next().toCompletableFuture().join()).isPresent();
        }
    }

    @Test
    void readingThatPausedStaysSoUntilThereIsRoomForHalf() {
        add(64);
        assertThat(inbox.mustPause()).isTrue();

        take(20);
        // What the same read of the network brought still comes.
        add(1);
        assertThat(inbox.mustPause()).isTrue();
        take(12);
        assertThat(resumed).hasValue(0);

        take(1);
        assertThat(resumed).hasValue(1);
        assertThat(inbox.mustPause()).isFalse();
    }

    @Test
    void oneLargeFrameIsNoReasonToPauseAndTwoAre() {
        inbox.add(new byte[1 << 20]);
        assertThat(inbox.mustPause()).isFalse();

        inbox.add(new byte[1 << 20]);
        assertThat(inbox.mustPause()).isTrue();

        take(2);
        assertThat(resumed).hasValue(1);
    }

    @Test
    void whatArrivedBeforeTheEndIsStillTaken() {
        add(1);
        inbox.end();

        take(1);
        assertThat(inbox.next().toCompletableFuture().join()).isEmpty();
    }

    @Test
    void onlyOneMayWait() {
        assertThat(inbox.next().toCompletableFuture()).isNotDone();
        assertThat(inbox.next().toCompletableFuture()).isCompletedExceptionally();
    }
}
