package io.wormhole.channel.decider;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many seeds; {@code -Dwormhole.channel.seeds=N} runs more of them, {@code
 * -Dwormhole.channel.first=S} from another, and {@code -Dwormhole.seed=N} one again.
 */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class ChannelSimulationTest {
    private static final int SEEDS = Integer.getInteger("wormhole.channel.seeds", 2_000);
    private static final int FROM = Integer.getInteger("wormhole.channel.first", 0);

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
                given.isEmpty()
                        ? LongStream.range(FROM, FROM + SEEDS)
                        : LongStream.of(Long.parseLong(given));
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
