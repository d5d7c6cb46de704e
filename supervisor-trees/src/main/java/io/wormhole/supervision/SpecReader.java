package io.wormhole.supervision;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.supervision.SpecFault.Code;
import io.wormhole.supervision.policy.AutoShutdown;
import io.wormhole.supervision.policy.Backoff;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Shutdown;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a supervisor from HOCON, with OTP's words and defaults. Every key is checked: an unknown
 * one is a fault.
 *
 * <pre>{@code
 * name = line7, strategy = rest_for_one, intensity = 3, period = 5s, auto_shutdown = never
 * children = [
 *   { id = printer, worker = cup-printer, restart = permanent, shutdown = 5s
 *     settings { port = 9100 }
 *     backoff { first = 100ms, most = 10s, jitter_percent = 20, reset_after = 10s, counts_in_intensity = false }
 *     while_down { queue = 100 }, version = "1", significant = false }
 *   { supervisor { name = jobs, strategy = simple_one_for_one, children = [ { id = job, worker = job } ] } }
 * ]
 * }</pre>
 */
public final class SpecReader {

    /** Deepest nesting of supervisors. */
    public static final int MAX_DEPTH = 16;

    private static final Set<String> SUPERVISOR_KEYS =
            Set.of("name", "strategy", "intensity", "period", "auto_shutdown", "children");
    private static final Set<String> RULE_KEYS =
            Set.of("restart", "shutdown", "significant", "backoff", "while_down", "version");
    private static final Set<String> WORKER_KEYS = Set.of("id", "worker", "settings");
    private static final Set<String> BACKOFF_KEYS =
            Set.of("first", "most", "jitter_percent", "reset_after", "counts_in_intensity");

    private final WorkerCatalogue workers;
    private final List<SpecFault> faults = new ArrayList<>();

    private SpecReader(WorkerCatalogue workers) {
        this.workers = workers;
    }

    /**
     * The supervisor that the configuration describes.
     *
     * @throws InvalidSpecException with every fault of the whole tree
     */
    public static SupervisorSpec read(Config config, WorkerCatalogue workers) {
        SpecReader reader = new SpecReader(workers);
        Optional<SupervisorSpec> spec = reader.supervisor("", config, 1);
        if (!reader.faults.isEmpty()) {
            throw new InvalidSpecException(reader.faults);
        }
        return spec.orElseThrow();
    }

    private Optional<SupervisorSpec> supervisor(String parent, Config config, int depth) {
        SettingReader settings = new SettingReader(parent, config, faults);
        String name = settings.text("name", "");
        String where = parent.isEmpty() ? name : parent + "/" + name;
        SettingReader read = new SettingReader(where, config, faults);
        read.only(SUPERVISOR_KEYS);
        SpecRules.Limits limits =
                new SpecRules.Limits(
                        read.word("strategy", Strategies.ALL, Code.INVALID_STRATEGY),
                        read.number("intensity", SupervisorSpec.DEFAULT_INTENSITY),
                        read.duration("period", SupervisorSpec.DEFAULT_PERIOD),
                        read.word("auto_shutdown", AutoShutdowns.ALL, Code.INVALID_AUTO_SHUTDOWN));
        List<ChildSpec> children = children(read, depth);
        List<SpecFault> own = SpecRules.faults(name, limits, children);
        own.forEach(fault -> faults.add(below(parent, fault)));
        return faults.isEmpty()
                ? Optional.of(
                        new SupervisorSpec(
                                name,
                                limits.strategy(),
                                limits.intensity(),
                                limits.period(),
                                limits.autoShutdown(),
                                children))
                : Optional.empty();
    }

    private static SpecFault below(String parent, SpecFault fault) {
        return parent.isEmpty()
                ? fault
                : new SpecFault(parent + "/" + fault.where(), fault.code(), fault.detail());
    }

    private List<ChildSpec> children(SettingReader read, int depth) {
        List<ChildSpec> children = new ArrayList<>();
        for (Config child : read.list("children")) {
            child(read.where(), child, depth).ifPresent(children::add);
        }
        return children;
    }

    private Optional<ChildSpec> child(String parent, Config config, int depth) {
        SettingReader read = new SettingReader(parent, config, faults);
        if (!config.hasPath("supervisor")) {
            return worker(parent, config);
        }
        read.only(Set.of("supervisor"), RULE_KEYS);
        if (depth >= MAX_DEPTH) {
            read.fault(Code.INVALID_SETTING, "supervisors are nested more than " + MAX_DEPTH);
            return Optional.empty();
        }
        return read.section("supervisor")
                .flatMap(subtree -> supervisor(parent, subtree, depth + 1))
                .map(ChildSpec::supervisor)
                .map(spec -> rules(spec, read));
    }

    private Optional<ChildSpec> worker(String parent, Config config) {
        String id = new SettingReader(parent, config, faults).text("id", "");
        SettingReader read = new SettingReader(parent + "/" + id, config, faults);
        read.only(WORKER_KEYS, RULE_KEYS);
        String kind = read.text("worker", "");
        Config settings = read.section("settings").orElse(ConfigFactory.empty());
        Optional<WorkerCatalogue.Maker> maker = workers.find(kind);
        if (maker.isEmpty()) {
            read.fault(
                    Code.INVALID_SETTING,
                    "worker \"" + kind + "\" is not known; allowed are " + workers.kinds());
            return Optional.empty();
        }
        try {
            ChildSpec made = maker.get().make(id, settings);
            String version = kind + settings.root().render(SettingReader.CONCISE);
            return Optional.of(rules(made.version(version), read));
        } catch (IllegalArgumentException refused) {
            read.fault(Code.INVALID_SETTING, "settings: " + refused.getMessage());
            return Optional.empty();
        }
    }

    private ChildSpec rules(ChildSpec spec, SettingReader read) {
        ChildSpec ruled =
                spec.restart(read.word("restart", Restarts.ALL, Code.INVALID_SETTING))
                        .shutdown(shutdown(read, spec.shutdown()))
                        .asSignificant(read.flag("significant", spec.significant()));
        if (read.has("version")) {
            ruled = ruled.version(read.text("version", ""));
        }
        Optional<Config> down = read.section("while_down");
        if (down.isPresent()) {
            SettingReader queue = new SettingReader(read.where(), down.get(), faults);
            queue.only(Set.of("queue"));
            int bound = queue.numberBetween("queue", 1000, WhileDown.MAX_QUEUE_BOUND);
            ruled = ruled.whileDown(WhileDown.queue(bound));
        }
        Optional<Backoff> backoff = read.section("backoff").flatMap(on -> backoff(read, on));
        return backoff.isPresent() ? ruled.backoff(backoff.get()) : ruled;
    }

    private static Shutdown shutdown(SettingReader read, Shutdown otherwise) {
        if (!read.has("shutdown")) {
            return otherwise;
        }
        return switch (read.text("shutdown", "")) {
            case "brutal_kill" -> Shutdown.brutalKill();
            case "infinity" -> Shutdown.infinity();
            default -> {
                Duration timeout = read.duration("shutdown", Duration.ZERO);
                if (timeout.isNegative()) {
                    read.fault(
                            Code.INVALID_SETTING,
                            "shutdown is brutal_kill, infinity or a time of zero or more");
                    yield otherwise;
                }
                yield Shutdown.timeout(timeout);
            }
        };
    }

    private Optional<Backoff> backoff(SettingReader child, Config config) {
        SettingReader read = new SettingReader(child.where(), config, faults);
        read.only(BACKOFF_KEYS);
        Duration first = read.duration("first", Duration.ofMillis(100));
        Duration most = read.duration("most", Duration.ofSeconds(10));
        try {
            return Optional.of(
                    new Backoff(
                            first,
                            most,
                            read.number("jitter_percent", 20),
                            read.duration("reset_after", most),
                            read.flag("counts_in_intensity", false)));
        } catch (IllegalArgumentException refused) {
            read.fault(Code.INVALID_SETTING, "backoff: " + refused.getMessage());
            return Optional.empty();
        }
    }

    private static final class Strategies {
        static final SettingReader.Words<Strategy> ALL =
                new SettingReader.Words<>(
                        List.of(Strategy.values()), Strategy::word, Strategy.ONE_FOR_ONE);
    }

    private static final class AutoShutdowns {
        static final SettingReader.Words<AutoShutdown> ALL =
                new SettingReader.Words<>(
                        List.of(AutoShutdown.values()), AutoShutdown::word, AutoShutdown.NEVER);
    }

    private static final class Restarts {
        static final SettingReader.Words<Restart> ALL =
                new SettingReader.Words<>(
                        List.of(Restart.values()), Restart::word, Restart.PERMANENT);
    }
}
