package io.wormhole.channel.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;

class ChannelWakerTest {
    private final BehaviorTestKit<ChannelWaker.Command> waker =
            BehaviorTestKit.create(ChannelWaker.create());
    private final List<CompletableFuture<Integer>> woken = new ArrayList<>();

    private static List<ChannelId> channels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Hash.of(DomainTag.GENESIS, Bytes.of((byte) i)))
                .map(ChannelId::new)
                .toList();
    }

    private void wake(int count) {
        waker.run(
                new ChannelWaker.Wake(
                        channels(count),
                        channel -> {
                            CompletableFuture<Integer> awake = new CompletableFuture<>();
                            woken.add(awake);
                            return awake;
                        }));
    }

    @Test
    void noMoreAreWokenThanMayStandInLine() {
        wake(100);

        assertThat(woken).hasSize(ChannelWaker.AT_ONCE);
    }

    @Test
    void whenOneIsAwakeTheNextIsWoken() {
        wake(100);

        woken.get(0).complete(1);
        waker.runOne();

        assertThat(woken).hasSize(ChannelWaker.AT_ONCE + 1);
    }

    @Test
    void oneThatDoesNotWakeUpHoldsUpNobody() {
        wake(100);

        woken.get(0).completeExceptionally(new TimeoutException("still asleep"));
        waker.runOne();

        assertThat(woken).hasSize(ChannelWaker.AT_ONCE + 1);
    }

    @Test
    void allAreWokenInTheEnd() {
        wake(60);
        wake(40);

        for (int next = 0; next < 100; next++) {
            woken.get(next).complete(1);
            waker.runOne();
        }

        assertThat(woken).hasSize(100);
    }
}
