package io.wormhole.supervision;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/**
 * One random scenario on a real tree: a line per step and one for the children at the end, as the
 * Erlang side writes.
 */
final class RandomRun {

    final List<String> lines = new ArrayList<>();
    final List<List<String>> traces = new ArrayList<>();
    final ScenarioRun run;

    private RandomRun(ScenarioRun run) {
        this.run = run;
    }

    static RandomRun of(ActorTestKit kit, long seed) throws InterruptedException {
        Config row = RandomScenario.config(RandomScenario.row(seed));
        RandomRun random = new RandomRun(new ScenarioRun(kit));
        String result = random.run.start(new Scenario(row).spec(random.run.workers()));
        random.line(result);
        if (!result.equals("ok")) {
            return random;
        }
        for (Config event : row.getConfigList("events")) {
            random.line(random.run.applyIfPossible(event));
        }
        random.lines.add("children " + String.join(", ", random.run.walk()));
        return random;
    }

    private void line(String reply) throws InterruptedException {
        List<String> trace = run.takeQuietTrace();
        traces.add(trace);
        lines.add(reply + " | " + String.join(", ", trace));
    }
}
