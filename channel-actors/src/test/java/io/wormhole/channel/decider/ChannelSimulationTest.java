package io.wormhole.channel.decider;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many seeds; {@code -Dwormhole.seed=N} runs one again. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class ChannelSimulationTest {
    private static final int SEEDS = 2_000;

    @Test
    void honestSidesConvergeAndLoseNothing() {
        run(ChannelSimulation.World.HONEST);
    }

    @Test
    void aSideThatComesBackFromAnOldCopyLosesNothingToAnHonestPartner() {
        run(ChannelSimulation.World.RESTORED);
    }

    @Test
    void aHostilePartnerTakesNothing() {
        run(ChannelSimulation.World.HOSTILE);
    }

    private static void run(ChannelSimulation.World world) {
        String given = System.getProperty("wormhole.seed", "");
        LongStream seeds =
                given.isEmpty() ? LongStream.range(0, SEEDS) : LongStream.of(Long.parseLong(given));
        seeds.parallel().forEach(seed -> run(seed, world));
    }

    private static void run(long seed, ChannelSimulation.World world) {
        try {
            new ChannelSimulation(seed, world).run();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(world + " world, -Dwormhole.seed=" + seed, broken);
        }
    }
}
