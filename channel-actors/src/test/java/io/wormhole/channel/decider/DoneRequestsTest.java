package io.wormhole.channel.decider;

import static io.wormhole.channel.decider.DoneRequests.ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.ledger.Nonce;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoneRequestsTest {
    @Test
    void onlyNamesThatAskForItAreKept() {
        DoneRequests done = DoneRequests.NONE.with(List.of("a", ONCE + "b"), new Nonce(7));

        assertThat(done.nonce(ONCE + "b")).contains(new Nonce(7));
        assertThat(done.nonce("a")).isEmpty();
        assertThat(done.with(List.of("c"), new Nonce(8))).isSameAs(done);
    }

    @Test
    void theOldestGiveWay() {
        List<String> names =
                IntStream.rangeClosed(0, DoneRequests.MOST).mapToObj(i -> ONCE + i).toList();

        DoneRequests done = DoneRequests.NONE.with(names, new Nonce(1));

        assertThat(done.newest()).hasSize(DoneRequests.MOST);
        assertThat(done.nonce(names.get(0))).isEmpty();
        assertThat(done.nonce(names.get(DoneRequests.MOST))).isPresent();
    }
}
