package io.wormhole.settlement.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Shows that the simulation can see a broken promise: with a third of the stake and one DSD more
 * the same traitor makes both sides of a partition hold something else to be final.
 */
@Timeout(120)
class NegativeControlTest {
    private static final Map<Integer, Integer> TWO_SIDES = Map.of(1, 0, 2, 1);
    private static final Plan.Phases PARTITION = new Plan.Phases(8_000, 48_000, 68_000);

    private static Plan plan(long seed, long traitorsStake) {
        return Plan.calm(seed, 3)
                .withTricks(Map.of(0, Trick.TWO_FACES))
                .withStakes(Map.of(0, traitorsStake, 1, 10_000L, 2, 10_000L))
                .withPower(Map.of(0, 0.0, 1, 0.5, 2, 0.5))
                .withSides(TWO_SIDES)
                .withPhases(PARTITION);
    }

    @Test
    void withAThirdAndOneTheAlarmIsRaisedEverywhereAndTheTraitorIsKnown() {
        int alarms = 0;
        for (long seed = 1; seed <= 10; seed++) {
            try (World world = new World(plan(seed, 10_001)).play()) {
                boolean isRaised =
                        world.honest().stream().allMatch(node -> node.chain.alarm().isPresent());
                boolean isKnown =
                        world.honest().stream()
                                .allMatch(
                                        node ->
                                                node.watch()
                                                        .offenders()
                                                        .contains(SharedWork.key(0).address()));
                alarms += isRaised && isKnown ? 1 : 0;
            }
        }
        assertThat(alarms).as("runs of 10 that raised the alarm").isGreaterThanOrEqualTo(8);
    }

    @Test
    void belowAThirdTheSameTraitorBreaksNothing() {
        for (long seed = 1; seed <= 10; seed++) {
            try (World world = new World(plan(seed, 9_500)).play()) {
                assertThat(Findings.of(world)).as("seed %d", seed).isEmpty();
            }
        }
    }
}
