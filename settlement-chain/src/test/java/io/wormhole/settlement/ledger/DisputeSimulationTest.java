package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.AnsweredQuestion.Ending;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Disputes with bribed and absent jurors, blocks undone around each deadline, and stalls of
 * finality. {@code -Dwormhole.disputes=100000} plays more, {@code -Dwormhole.disputes.seed=N}
 * begins with another one: a seed replays exactly.
 */
class DisputeSimulationTest {
    private static final int RUNS = Integer.getInteger("wormhole.disputes", 200);
    private static final long SEED = Long.getLong("wormhole.disputes.seed", 1);

    /** What fees may come to; a deposit is a hundred times as much and more. */
    private static final long FEES = 20_000;

    @Test
    void withOneHonestChamberNoLieStandsAndNoLiePays() {
        TreeMap<String, Integer> happened = new TreeMap<>();
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            DisputePlan plan = DisputePlan.random(seed);
            DisputeWorld world = new DisputeWorld(plan).play();
            world.counts.forEach((what, often) -> happened.merge(what, often, Integer::sum));
            AnsweredQuestion end =
                    world.ledger()
                            .actingOracle(
                                    DisputeWorld.QUESTION, Trial.start().parameters().finality())
                            .orElseThrow(() -> new AssertionError("never acts: " + plan));
            happened.merge(end.ending().name(), 1, Integer::sum);
            requireTruth(plan, end);
            requireCosts(plan, end, world);
        }
        assertThat(happened)
                .as("the trouble was real")
                .containsKeys(
                        "reorganisations",
                        "answers undone",
                        "answered, not final",
                        "extended votes",
                        "SILENT",
                        "UNDISPUTED",
                        "UNRESOLVED",
                        "VOTED");
    }

    private static void requireTruth(DisputePlan plan, AnsweredQuestion end) {
        if (end.ending() == Ending.VOTED) {
            assertThat(end.answer()).as("%s", plan).contains(plan.truth());
        }
        boolean isDisputed = end.ending() == Ending.VOTED || end.ending() == Ending.UNRESOLVED;
        if (isDisputed && plan.isDecidedAtOnce()) {
            assertThat(end.ending()).as("%s", plan).isEqualTo(Ending.VOTED);
        }
        if (end.ending() == Ending.UNDISPUTED) {
            assertThat(end.answer()).as("%s", plan).isEqualTo(plan.given());
        }
    }

    private static void requireCosts(DisputePlan plan, AnsweredQuestion end, DisputeWorld world) {
        Optional<Answer> truth = Optional.of(plan.truth());
        long deposit = world.deposit().baseUnits();
        long asker = gain(world.balance(DisputeWorld.ASKER), world);
        long challenger = gain(world.balance(DisputeWorld.CHALLENGER), world);
        switch (end.ending()) {
            case SILENT -> assertThat(asker).isLessThanOrEqualTo(-deposit);
            case UNDISPUTED -> assertThat(asker).isBetween(-FEES, 0L);
            case UNRESOLVED -> {
                assertThat(asker).isBetween(-deposit / 10 - FEES, -deposit / 10);
                assertThat(challenger).isBetween(-deposit / 10 - FEES, -deposit / 10);
            }
            case VOTED -> {
                boolean isAskerRight = plan.given().equals(truth) && asker > -deposit / 2;
                assertThat(asker >= deposit * 9 / 10 - FEES).isEqualTo(isAskerRight);
                boolean isClaimRight = plan.claimed().equals(truth);
                assertThat(challenger)
                        .as("%s", plan)
                        .isBetween(
                                isClaimRight ? deposit / 2 - FEES : -deposit - FEES,
                                isClaimRight ? deposit / 2 : -deposit);
            }
        }
    }

    private static long gain(Amount balance, DisputeWorld world) {
        return balance.baseUnits() - world.wealth().baseUnits();
    }

    @Test
    void aSeedReplaysExactly() {
        DisputeWorld first = new DisputeWorld(DisputePlan.random(SEED)).play();
        DisputeWorld second = new DisputeWorld(DisputePlan.random(SEED)).play();

        assertThat(first.counts).isEqualTo(second.counts);
        assertThat(first.ledger().map(StateTree.ACCOUNTS).root())
                .isEqualTo(second.ledger().map(StateTree.ACCOUNTS).root());
    }
}
