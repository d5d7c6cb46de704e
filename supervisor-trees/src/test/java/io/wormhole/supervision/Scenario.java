package io.wormhole.supervision;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.wormhole.supervision.policy.AutoShutdown;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Shutdown;
import io.wormhole.supervision.policy.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** One row of the scenario file, read by its shape. */
final class Scenario {

    final Config row;

    Scenario(Config row) {
        this.row = row;
    }

    static List<Scenario> load() throws IOException {
        String folder = System.getProperty("wormhole.vectors", "");
        String json;
        if (folder.isEmpty()) {
            try (InputStream in =
                    Scenario.class.getResourceAsStream("/vectors/otp/scenarios.json")) {
                json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } else {
            json = Files.readString(Path.of(folder, "otp", "scenarios.json"));
        }
        ConfigParseOptions strict = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
        List<Scenario> scenarios = new ArrayList<>();
        ConfigFactory.parseString("{\"rows\":" + json + "}", strict)
                .getConfigList("rows")
                .forEach(row -> scenarios.add(new Scenario(row)));
        return scenarios;
    }

    String name() {
        return row.getString("name");
    }

    boolean flag(String key) {
        return row.hasPath(key) && row.getBoolean(key);
    }

    SupervisorSpec spec(ScenarioWorker workers) {
        return supervisor("root", row, workers);
    }

    private static SupervisorSpec supervisor(String name, Config node, ScenarioWorker workers) {
        SupervisorSpec.Builder builder =
                SupervisorSpec.named(name)
                        .strategy(
                                word(Strategy.values(), Strategy::word, node.getString("strategy")))
                        .intensity(
                                node.getInt("intensity"),
                                Duration.ofSeconds(node.getLong("period")));
        if (node.hasPath("auto_shutdown")) {
            builder.autoShutdown(
                    word(
                            AutoShutdown.values(),
                            AutoShutdown::word,
                            node.getString("auto_shutdown")));
        }
        node.getConfigList("children").forEach(child -> builder.child(child(child, workers)));
        return builder.build();
    }

    static ChildSpec child(Config node, ScenarioWorker workers) {
        String id = node.getString("id");
        ChildSpec spec;
        if (node.getString("type").equals("supervisor")) {
            spec = ChildSpec.supervisor(supervisor(id, node, workers));
        } else {
            ScenarioWorker.Script fixed = script(node);
            spec =
                    ChildSpec.worker(
                            id,
                            self ->
                                    workers.create(
                                            self,
                                            (ScenarioWorker.Script)
                                                    self.arguments().orElse(fixed)));
            if (node.hasPath("on_shutdown")) {
                spec = spec.stopMessage(new ScenarioWorker.Stop());
            }
        }
        return spec.restart(word(Restart.values(), Restart::word, node.getString("restart")))
                .shutdown(shutdown(node.getValue("shutdown")))
                .asSignificant(node.hasPath("significant") && node.getBoolean("significant"));
    }

    static ScenarioWorker.Script script(Config node) {
        List<String> starts = node.hasPath("starts") ? node.getStringList("starts") : List.of("ok");
        boolean ignores = false;
        Duration delay = Duration.ZERO;
        if (node.hasPath("on_shutdown")) {
            Object how = node.getValue("on_shutdown").unwrapped();
            ignores = how.equals("ignore");
            if (how instanceof List<?> list) {
                delay = Duration.ofMillis(((Number) list.get(1)).longValue());
            }
        }
        return new ScenarioWorker.Script(starts, ignores, delay);
    }

    private static Shutdown shutdown(ConfigValue value) {
        if (value.valueType() == ConfigValueType.NUMBER) {
            return Shutdown.timeout(Duration.ofMillis(((Number) value.unwrapped()).longValue()));
        }
        return value.unwrapped().equals("infinity") ? Shutdown.infinity() : Shutdown.brutalKill();
    }

    private static <E> E word(E[] values, Function<E, String> wordOf, String word) {
        return Arrays.stream(values)
                .filter(value -> wordOf.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new UnknownWord(word));
    }

    /**
     * A word of the specification language that does not exist; the only such word in the rows is
     * an auto_shutdown.
     */
    static final class UnknownWord extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnknownWord(String word) {
            super(word);
        }
    }
}
