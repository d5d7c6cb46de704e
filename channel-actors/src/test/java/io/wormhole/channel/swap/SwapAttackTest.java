package io.wormhole.channel.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dwormhole.swap.seeds=N} runs more seeds, {@code -Dwormhole.swap.first=S} from another.
 */
class SwapAttackTest {
    private static final int SEEDS = Integer.getInteger("wormhole.swap.seeds", 60);
    private static final int FROM = Integer.getInteger("wormhole.swap.first", 0);

    @Test
    void anHonestPartyNeverLosesItsLegWithoutTheOthers() {
        Map<Boolean, Integer> swapped = new HashMap<>();
        for (int seed = FROM; seed < FROM + SEEDS; seed++) {
            SwapWorld world = new SwapWorld(seed);

            world.run();

            String what = "seed %d: %s".formatted(seed, world);
            assertThat(world.isFinal()).as(what).isTrue();
            long given = world.gain(world.honest.give());
            long taken = world.gain(world.honest.take());
            assertThat(world.honest.over).as(what).isPresent();
            assertThat(given).as(what).isGreaterThanOrEqualTo(-world.give());
            assertThat(taken).as(what).isNotNegative();
            assertThat(given >= 0 || taken >= world.take())
                    .as("%s: gave %d, took %d", what, -given, taken)
                    .isTrue();
            boolean paid = world.honest.over.orElseThrow();
            assertThat(paid ? taken >= world.take() : given >= 0)
                    .as("%s: gave %d, took %d", what, -given, taken)
                    .isTrue();
            swapped.merge(paid, 1, Integer::sum);
        }
        assertThat(swapped).hasSize(2);
    }
}
