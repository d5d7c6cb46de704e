package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every scenario that a real Erlang/OTP ran, with its whole trace. */
@Timeout(120)
class OtpScenariosTest {
    private static final ActorTestKit KIT = ActorTestKit.create("otp-scenarios");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @TestFactory
    Stream<DynamicTest> everyTraceIsThatOfOtp() throws IOException {
        return Scenario.load().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> replay(scenario)));
    }

    private static void replay(Scenario scenario) throws InterruptedException {
        ScenarioRun run = new ScenarioRun(KIT);
        Config expected = scenario.row.getConfig("expected");
        SupervisorSpec spec;
        try {
            spec = scenario.spec(run.workers());
        } catch (InvalidSpecException refused) {
            assertThat(initWord(refused.faults().get(0)))
                    .isEqualTo(expected.getString("init.result"));
            return;
        } catch (Scenario.UnknownWord unknown) {
            assertThat(expected.getString("init.result"))
                    .isEqualTo("error:supervisor_data invalid_auto_shutdown");
            return;
        }
        try {
            replay(scenario, run, spec);
        } finally {
            run.stop();
        }
    }

    private static void replay(Scenario scenario, ScenarioRun run, SupervisorSpec spec)
            throws InterruptedException {
        Config expected = scenario.row.getConfig("expected");
        String result = run.start(spec);
        assertThat(result).isEqualTo(expected.getString("init.result"));
        List<List<String>> initTrace = rows(expected.getList("init.trace"));
        assertThat(run.takeTrace(initTrace.size(), !result.equals("ok"))).isEqualTo(initTrace);

        List<? extends Config> events = scenario.row.getConfigList("events");
        List<? extends Config> steps = expected.getConfigList("steps");
        int starts = 0;
        for (int i = 0; i < events.size(); i++) {
            List<List<String>> wanted = rows(steps.get(i).getList("trace"));
            @Nullable Object reply = run.apply(events.get(i));
            boolean ends = wanted.stream().anyMatch(entry -> entry.get(0).equals("sup_exit"));
            List<List<String>> trace = run.takeTrace(wanted.size(), ends);

            assertTrace(scenario, i, trace, wanted);
            assertReply(scenario, i, reply, steps.get(i));
            starts += (int) trace.stream().filter(e -> e.get(0).startsWith("start")).count();
        }
        assertFinal(scenario, run, starts);
    }

    private static void assertTrace(
            Scenario scenario, int step, List<List<String>> trace, List<List<String>> wanted) {
        if (scenario.flag("unordered_exits")) {
            assertThat(withoutExits(trace)).as("step %d", step).isEqualTo(withoutExits(wanted));
            assertThat(trace).as("step %d", step).containsExactlyInAnyOrderElementsOf(wanted);
        } else {
            assertThat(trace).as("step %d", step).isEqualTo(wanted);
        }
    }

    private static void assertReply(
            Scenario scenario, int step, @Nullable Object reply, Config wanted) {
        if (wanted.getIsNull("reply")) {
            assertThat(reply).as("reply of step %d", step).isNull();
        } else if (wanted.getValue("reply").valueType() == ConfigValueType.LIST) {
            assertChildren(scenario, reply, rows(wanted.getList("reply")));
        } else if (wanted.getValue("reply").valueType() == ConfigValueType.OBJECT) {
            assertThat(reply).isEqualTo(counts(wanted.getConfig("reply")));
        } else {
            assertThat(reply).as("reply of step %d", step).isEqualTo(wanted.getString("reply"));
        }
    }

    private static void assertFinal(Scenario scenario, ScenarioRun run, int starts) {
        Config expected = scenario.row.getConfig("expected");
        Config last = expected.getConfig("final");
        if (last.getString("supervisor").equals("alive")) {
            assertChildren(scenario, run.children(), rows(last.getList("children")));
            assertThat(run.counts()).isEqualTo(counts(last.getConfig("counts")));
        }
        assertThat(expected.getInt("starts_after_init")).isLessThanOrEqualTo(starts);
    }

    private static void assertChildren(Scenario scenario, @Nullable Object actual, List<?> wanted) {
        if (scenario.flag("unordered_children")) {
            assertThat(actual == null ? Set.of() : Set.copyOf((List<?>) actual))
                    .isEqualTo(Set.copyOf(wanted));
        } else {
            assertThat(actual).isEqualTo(wanted);
        }
    }

    private static ChildCounts counts(Config row) {
        return new ChildCounts(
                row.getInt("specs"),
                row.getInt("active"),
                row.getInt("supervisors"),
                row.getInt("workers"));
    }

    private static List<List<String>> rows(ConfigList list) {
        List<List<String>> rows = new ArrayList<>();
        for (Object entry : list.unwrapped()) {
            List<String> row = new ArrayList<>();
            ((List<?>) entry).forEach(item -> row.add(item.toString()));
            rows.add(row);
        }
        return rows;
    }

    private static List<List<String>> withoutExits(List<List<String>> trace) {
        return trace.stream().filter(entry -> !entry.get(0).equals("exit")).toList();
    }

    private static String initWord(SpecFault fault) {
        Map<SpecFault.Code, String> data =
                Map.of(
                        SpecFault.Code.INVALID_PERIOD, "supervisor_data invalid_period",
                        SpecFault.Code.INVALID_INTENSITY, "supervisor_data invalid_intensity",
                        SpecFault.Code.NOT_ONE_TEMPLATE, "bad_start_spec");
        String word = data.get(fault.code());
        return "error:" + (word == null ? "start_spec " + ScenarioWords.word(fault) : word);
    }
}
