package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random trees and random events: what must hold in every one. A failure names its seed. */
@Timeout(120)
class RandomTreePropertiesTest {
    private static final int SEEDS = 120;
    private static final ActorTestKit KIT = ActorTestKit.create("random-trees");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void invariantsHoldInEveryTree() throws InterruptedException {
        long first = 1_000_000 + Long.parseLong("0" + System.getProperty("wormhole.seed", ""));
        for (long seed = first; seed < first + SEEDS; seed++) {
            Config row = RandomScenario.config(RandomScenario.row(seed));
            RandomRun random = RandomRun.of(KIT, seed);

            assertThat(random.run.workers().doubles()).as("doubles, seed %d", seed).isEmpty();
            assertThat(running(random)).as("running, seed %d", seed).isEqualTo(listed(random));
            assertOrders(random, row, seed);
            assertRestartsCountUp(random.run.events(), seed);
            random.run.stop();
        }
    }

    @Test
    void sameSeedLeavesTheSameTrace() throws InterruptedException {
        for (long seed = 7; seed < 12; seed++) {
            RandomRun once = RandomRun.of(KIT, seed);
            RandomRun again = RandomRun.of(KIT, seed);

            assertThat(again.lines).as("seed %d", seed).isEqualTo(once.lines);
            once.run.stop();
            again.run.stop();
        }
    }

    /** Workers that say themselves that they run: none may run under a stopped supervisor. */
    private static List<String> running(RandomRun random) {
        return random.run.workers().running().stream().sorted().toList();
    }

    private static List<String> listed(RandomRun random) {
        return random.run.walk().stream()
                .filter(child -> child.endsWith(" up") && !child.startsWith("s"))
                .map(child -> child.substring(0, child.length() - 3))
                .sorted()
                .toList();
    }

    /** Siblings start in order and stop in reverse, as far as one runs into the next. */
    private static void assertOrders(RandomRun random, Config row, long seed) {
        Map<String, String> parents = new HashMap<>();
        Map<String, Integer> order = new HashMap<>();
        index("", row, parents, order);
        for (List<String> trace : random.traces) {
            Map<String, String> last = new HashMap<>();
            // The first entry of a step may be the exit that the step asked for, in no order.
            for (String entry : trace.subList(Math.min(1, trace.size()), trace.size())) {
                String[] words = entry.split(" ", -1);
                String parent = words.length > 1 ? parents.get(words[1]) : null;
                if (parent == null) {
                    continue;
                }
                assertOrder(last.put(parent, entry), words, order, seed + " " + trace);
            }
        }
    }

    private static void assertOrder(
            @org.jspecify.annotations.Nullable String before,
            String[] words,
            Map<String, Integer> order,
            String where) {
        if (before == null) {
            return;
        }
        String[] previous = before.split(" ", -1);
        int from = order.getOrDefault(previous[1], 0);
        int to = order.getOrDefault(words[1], 0);
        boolean started = previous[0].equals("start") && words[0].equals("start");
        // A supervisor may have given up by itself, in no order.
        boolean stopped =
                previous[0].equals("exit")
                        && !previous[1].startsWith("s")
                        && words[0].equals("exit")
                        && previous[2].equals("shutdown")
                        && words[2].equals("shutdown");
        if (started) {
            assertThat(to).as("start order, seed %s", where).isGreaterThan(from);
        } else if (stopped) {
            assertThat(to).as("stop order, seed %s", where).isLessThan(from);
        }
    }

    private static void index(
            String parent, Config node, Map<String, String> parents, Map<String, Integer> order) {
        List<? extends Config> children = node.getConfigList("children");
        for (Config child : children) {
            String id = child.getString("id");
            parents.put(id, parent);
            order.put(id, order.size());
            if (child.hasPath("children")) {
                index(id, child, parents, order);
            }
        }
    }

    /** A child's restarts grow by one per restart, within one life of its supervisor. */
    private static void assertRestartsCountUp(List<SupervisionEvent> events, long seed) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (SupervisionEvent event : events) {
            if (event instanceof SupervisionEvent.ChildStarted started) {
                int last = counts.getOrDefault(started.path(), 0);
                if (started.restarts() < last || started.restarts() > last + 1) {
                    faults.add(started + " after " + last);
                }
                counts.put(started.path(), started.restarts());
            } else if (event instanceof SupervisionEvent.SupervisorExited
                    || event instanceof SupervisionEvent.ChildStartFailed) {
                counts.keySet().removeIf(path -> path.startsWith(event.path() + "/"));
            }
        }
        assertThat(faults).as("restarts, seed %d", seed).isEmpty();
    }
}
