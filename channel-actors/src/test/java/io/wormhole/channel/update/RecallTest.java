package io.wormhole.channel.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecallTest {
    private final Recall<Object, Object, Integer> recall = new Recall<>(1);
    private final AtomicInteger computed = new AtomicInteger();
    private final Object position = new Object();
    private final Object update = new Object();

    @Test
    void aboutTheSameObjectsNothingIsComputedAgain() {
        int first = recall.of(position, update, computed::incrementAndGet);

        int second = recall.of(position, update, computed::incrementAndGet);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void otherObjectsInTheSamePlaceAreToldApart() {
        recall.of(position, update, computed::incrementAndGet);

        recall.of(update, position, computed::incrementAndGet);
        recall.of(position, new Object(), computed::incrementAndGet);

        assertThat(computed).hasValue(3);
    }

    @Test
    void whatGaveWayToAnotherIsComputedAgain() {
        recall.of(position, update, computed::incrementAndGet);
        recall.of(new Object(), update, computed::incrementAndGet);

        recall.of(position, update, computed::incrementAndGet);

        assertThat(computed).hasValue(3);
    }
}
