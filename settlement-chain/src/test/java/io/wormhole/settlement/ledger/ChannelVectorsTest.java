package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Vectors;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The case table of another channel system, restated in our terms. Every row of the table is either
 * shown here or named with the reason why our rule differs.
 */
class ChannelVectorsTest {
    private static final String ROWS = "channel/channel_onchain_cases.json";

    /** Rows of rules that differ, with the reason. */
    private static final Map<String, String> DIFFERENT = new HashMap<>();

    static {
        DIFFERENT.put("snapshot-4", "a delegate answers a close, and does nothing else");
        for (String row : List.of("delegates-1", "delegates-3")) {
            DIFFERENT.put(row, "an appointment is a signature and needs no entry on the chain");
        }
        DIFFERENT.put("mutual-1", "balances share exactly what is there; the sender pays the fee");
        DIFFERENT.put("settle-5", "settling names no amounts: the recorded state is paid");
        DIFFERENT.put("settle-8", "a state that does not add up is never recorded");
        DIFFERENT.put("slash-4", "a state holds its balances, so no proof can differ from it");
        DIFFERENT.put("fp-2", "the sender claims no result, so it cannot claim a wrong one");
        DIFFERENT.put("fp-8", "the chain counts the nonce, so the sender cannot skip one");
        DIFFERENT.put("fp-11", "a contract sends no messages to the chain");
        DIFFERENT.put("fp-16", "a contract cannot pay more than it has locked");
    }

    /** A channel of 20 and 30 with countdown 10, whose recorded state is number 10. */
    private static Deal atRoundTen(Trial trial, CloseRule rule) {
        Deal deal = Deal.opened(trial, rule);
        ChannelEntry entry = deal.entry();
        trial.replace(
                trial.ledger()
                        .withChannel(
                                deal.id(),
                                new ChannelEntry(
                                        entry.terms(),
                                        entry.phase(),
                                        deal.state(10, 20, 30).state(),
                                        new Nonce(10),
                                        0,
                                        BlockHeight.ZERO,
                                        entry.changedAt())));
        return deal;
    }

    /** What happens to a channel. */
    interface Scene {
        void play(Trial trial, Deal deal);
    }

    private static Map<String, Scene> scenes() {
        Map<String, Scene> scenes = new LinkedHashMap<>(ChannelLifeRows.all());
        scenes.putAll(ChannelChangeRows.all());
        return scenes;
    }

    @TestFactory
    List<DynamicTest> rowsHold() {
        List<DynamicTest> tests = new ArrayList<>();
        scenes().forEach(
                        (id, scene) ->
                                tests.add(
                                        DynamicTest.dynamicTest(
                                                id,
                                                () -> {
                                                    Trial trial = Trial.start();
                                                    scene.play(
                                                            trial,
                                                            atRoundTen(
                                                                    trial,
                                                                    CloseRule.RESTART_COUNTDOWN));
                                                })));
        return tests;
    }

    @Test
    void everyRowIsShownOrNamedWithTheReasonOfTheDifference() {
        Set<String> shown = scenes().keySet();
        Set<String> rows = new TreeSet<>();
        Vectors.json(ROWS).path("rows").forEach(row -> rows.add(row.path("id").asText()));

        Set<String> covered = new TreeSet<>(shown);
        covered.addAll(DIFFERENT.keySet());

        assertThat(covered).containsExactlyElementsOf(rows);
        assertThat(shown).doesNotContainAnyElementsOf(DIFFERENT.keySet());
    }

    @Test
    void theTimelineOfAClosingChannelHolds() {
        JsonNode line = Vectors.json(ROWS).path("timelines").path(1);
        JsonNode events = line.path("events");
        Trial trial = Trial.start();
        Deal deal =
                Deal.of(
                        trial,
                        Deal.terms(
                                CloseRule.RESTART_COUNTDOWN, 1, line.path("lock_period").asLong()));
        trial.accept(Alice.KEYS, deal.open());
        long base = events.path(0).path("round").asLong();

        trial.at(events.path(0).path("h").asLong());
        trial.accept(Alice.KEYS, deal.solo(deal.state(base, 20, 29, ChannelLifeRows.anyLock())));
        assertThat(deal.entry().closesAt().value())
                .isEqualTo(events.path(0).path("locked_until").asLong());
        trial.at(events.path(1).path("h").asLong());
        ChannelLifeRows.force(trial, deal, base, events.path(1).path("solo_round").asLong());
        assertThat(deal.entry().closesAt().value())
                .isEqualTo(events.path(1).path("locked_until").asLong());
        trial.at(events.path(2).path("h").asLong());
        trial.accept(Bob.KEYS, deal.challenge(deal.state(base + 1, 1, 49)));

        assertThat(deal.entry().closesAt().value()).isEqualTo(1210);
    }
}
