package io.wormhole.channel.payment;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Networks of two to ten nodes; {@code -Dwormhole.market.seeds=N} runs more of them, {@code
 * -Dwormhole.market.first=S} from another, so that N = 1 runs one again.
 */
@Timeout(value = 550, unit = TimeUnit.SECONDS)
class MarketSimulationTest {
    private static final int SEEDS = Integer.getInteger("wormhole.market.seeds", 30);
    private static final int FROM = Integer.getInteger("wormhole.market.first", 0);

    @Test
    void nobodyHonestLosesAnythingAndEveryDisputeEnds() {
        LongStream.range(FROM, FROM + SEEDS).parallel().forEach(MarketSimulationTest::run);
    }

    private static void run(long seed) {
        try {
            new MarketWorld(seed).run();
        } catch (AssertionError | RuntimeException broken) {
            String again = "-Dwormhole.market.seeds=1 -Dwormhole.market.first=" + seed;
            throw new AssertionError(again, broken);
        }
    }
}
