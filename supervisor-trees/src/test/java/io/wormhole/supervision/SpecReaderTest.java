package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.typesafe.config.ConfigFactory;
import io.wormhole.supervision.policy.AutoShutdown;
import io.wormhole.supervision.policy.Backoff;
import io.wormhole.supervision.policy.ChildType;
import io.wormhole.supervision.policy.Restart;
import io.wormhole.supervision.policy.Shutdown;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class SpecReaderTest {
    private static final WorkerCatalogue WORKERS =
            WorkerCatalogue.empty()
                    .with("job", (id, settings) -> ChildSpec.worker(id, Behaviors::empty))
                    .with(
                            "cup-printer",
                            (id, settings) -> {
                                if (settings.getInt("port") > 65_535) {
                                    throw new IllegalArgumentException("port beyond 65535");
                                }
                                return ChildSpec.worker(id, Behaviors::empty);
                            });

    private static SupervisorSpec read(String... lines) {
        return SpecReader.read(ConfigFactory.parseString(String.join("\n", lines)), WORKERS);
    }

    @Test
    void everySettingIsRead() {
        SupervisorSpec spec =
                read(
                        "name = line7, strategy = rest_for_one, intensity = 3, period = 10s",
                        "auto_shutdown = any_significant",
                        "children = [",
                        "  { id = printer, worker = cup-printer, restart = transient, shutdown = 2s",
                        "    significant = true, settings { port = 9100 }, while_down { queue = 7 }",
                        "    backoff { first = 1s, most = 8s, jitter_percent = 10",
                        "              reset_after = 1m, counts_in_intensity = true } }",
                        "  { shutdown = brutal_kill, restart = temporary, supervisor {",
                        "      name = jobs, strategy = simple_one_for_one",
                        "      children = [ { id = job, worker = job, shutdown = infinity } ] } }",
                        "]");

        ChildSpec printer = spec.children().get(0);
        ChildSpec jobs = spec.children().get(1);
        assertThat(spec.strategy()).isEqualTo(Strategy.REST_FOR_ONE);
        assertThat(spec.intensity()).isEqualTo(3);
        assertThat(spec.period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(spec.autoShutdown()).isEqualTo(AutoShutdown.ANY_SIGNIFICANT);
        assertThat(printer.restart()).isEqualTo(Restart.TRANSIENT);
        assertThat(printer.shutdown()).isEqualTo(Shutdown.timeout(Duration.ofSeconds(2)));
        assertThat(printer.significant()).isTrue();
        assertThat(printer.options().whileDown().queueBound()).isEqualTo(7);
        assertThat(printer.backoff())
                .contains(
                        new Backoff(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(8),
                                10,
                                Duration.ofMinutes(1),
                                true));
        assertThat(jobs.type()).isEqualTo(ChildType.SUPERVISOR);
        assertThat(jobs.restart()).isEqualTo(Restart.TEMPORARY);
        assertThat(jobs.shutdown()).isEqualTo(Shutdown.brutalKill());
    }

    @Test
    void emptyFileMeansOtpsDefaults() {
        SupervisorSpec spec = read("name = s");

        assertThat(spec).isEqualTo(SupervisorSpec.named("s").build());
    }

    @Test
    void allFaultsOfTheWholeTreeAreListed() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "name = s, strategy = all_for_one, intensity = many",
                                        "colour = red, auto_shutdown = sometimes",
                                        "children = [",
                                        "  { id = a, worker = lathe, restart = often }",
                                        "  { id = b, worker = cup-printer",
                                        "    settings { port = 99999 } }",
                                        "  { id = d, worker = job, restart = never",
                                        "    shutdown = -1s, while_down { queue = -2 } }",
                                        "  { supervisor { name = sub, period = 0s",
                                        "      children = [ { id = c, worker = job",
                                        "        backoff { first = 0s } } ] } }",
                                        "]"))
                .asInstanceOf(type(InvalidSpecException.class))
                .satisfies(
                        refused ->
                                assertThat(refused.faults())
                                        .extracting(SpecFault::toString)
                                        .anyMatch(s -> s.contains("unknown setting colour"))
                                        .anyMatch(s -> s.contains("got \"all_for_one\""))
                                        .anyMatch(s -> s.contains("intensity is malformed"))
                                        .anyMatch(s -> s.contains("got \"sometimes\""))
                                        .anyMatch(s -> s.contains("[cup-printer, job]"))
                                        .anyMatch(s -> s.contains("port beyond 65535"))
                                        .anyMatch(s -> s.contains("got \"never\""))
                                        .anyMatch(s -> s.contains("zero or more"))
                                        .anyMatch(s -> s.contains("queue must be 0 to"))
                                        .anyMatch(s -> s.startsWith("s/sub: period"))
                                        .anyMatch(s -> s.startsWith("s/sub/c: backoff")));
    }

    @Test
    void nestingIsLimited() {
        String open = "children = [ { supervisor { name = s, ".repeat(20);
        String close = "} } ]".repeat(20);

        assertThatThrownBy(() -> read("name = s", open + close))
                .hasMessageContaining("nested more than 16");
    }

    @Test
    void sameTextIsTheSameVersionAndOtherSettingsAreAnother() {
        String[] file = {
            "name = s", "children = [{ id = p, worker = cup-printer, settings { port = 1 } }]"
        };
        String[] other = {file[0], file[1].replace("port = 1", "port = 2")};

        assertThat(UpgradePlan.between(read(file), read(file)).kept()).containsExactly("p");
        assertThat(UpgradePlan.between(read(file), read(other)).restarted()).containsExactly("p");
    }
}
