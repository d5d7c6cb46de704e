package io.wormhole.settlement.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerClocksTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final PeerClocks clocks = new PeerClocks(Duration.ofMinutes(9));

    @Test
    void aSinglePeerWithAnotherTimeStopsNobody() {
        assertThat(clocks.compare(List.of(HOUR), 0)).isFalse();
        assertThat(clocks.doubt().orElseThrow()).contains("only peer differ by 3600 s", "ahead");
        assertThat(clocks.compare(List.of(HOUR, 0L), 0)).isFalse();
        assertThat(clocks.fault()).isEmpty();
        assertThat(clocks.doubt()).isEmpty();
    }

    @Test
    void twoPeersWithAnotherTimeDoUnlessTheyAreTheFewer() {
        assertThat(clocks.compare(List.of(HOUR, HOUR, 0L, 1L), 0)).isFalse();
        assertThat(clocks.compare(List.of(HOUR, HOUR, 0L), 0)).isTrue();
        assertThat(clocks.fault().orElseThrow()).contains("3600 s", "theirs are ahead");
    }

    @Test
    void aClockThatIsSetRightIsNoticedAndABrokenLinkIsNoProof() {
        clocks.compare(List.of(-HOUR, -HOUR), 0);

        assertThat(clocks.compare(List.of(), 1_000)).isFalse();
        assertThat(clocks.fault()).isPresent();
        assertThat(clocks.compare(List.of(0L, 5L), 2_000)).isTrue();
        assertThat(clocks.fault()).isEmpty();
    }
}
