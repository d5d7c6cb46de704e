package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Networks of two to ten nodes; {@code -Dwormhole.market.seeds=N} runs more of them, {@code
 * -Dwormhole.market.first=S} from another, so that N = 1 runs one again.
 */
@Timeout(value = 550, unit = TimeUnit.SECONDS)
class MarketSimulationTest {
    private static final int SEEDS = Integer.getInteger("wormhole.market.seeds", 30);
    private static final int FROM = Integer.getInteger("wormhole.market.first", 0);
    private static final int SEEDS_OF_CONTROLS = 600;

    @Test
    void nobodyHonestLosesAnythingAndEveryDisputeEnds() {
        LongStream.range(FROM, FROM + SEEDS).parallel().forEach(MarketSimulationTest::run);
    }

    private static void run(long seed) {
        try {
            new MarketWorld(seed, MarketWorld.Fault.NONE).run();
        } catch (AssertionError | RuntimeException broken) {
            String again = "-Dwormhole.market.seeds=1 -Dwormhole.market.first=" + seed;
            throw new AssertionError(again, broken);
        }
    }

    @ParameterizedTest
    @EnumSource(value = MarketWorld.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whereARuleIsMissingSomebodyIsFoundToLose(MarketWorld.Fault fault) {
        boolean found =
                LongStream.range(0, SEEDS_OF_CONTROLS)
                        .parallel()
                        .anyMatch(seed -> somebodyLoses(seed, fault));

        assertThat(found).isTrue();
    }

    private static boolean somebodyLoses(long seed, MarketWorld.Fault fault) {
        try {
            new MarketWorld(seed, fault).run();
            return false;
        } catch (AssertionError broken) {
            return String.valueOf(broken.getMessage()).contains("gained");
        }
    }
}
