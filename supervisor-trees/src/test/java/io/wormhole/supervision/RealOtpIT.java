package io.wormhole.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random scenarios here and on a real Erlang/OTP, compared line by line. Needs erl and
 * erlc on the path.
 */
@Timeout(900)
class RealOtpIT {
    private static final int SEEDS = 600;
    private static final Pattern INSTANCE_EXITS =
            Pattern.compile("exit i[0-9]+ [a-z]+(, exit i[0-9]+ [a-z]+)+");

    @Test
    void randomTreesLeaveTheTraceOfARealOtp(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(
                runs("erl", "-noshell", "-eval", "halt(0)."),
                "skipped: Erlang (Debian package erlang-base) is not installed");
        long first = Long.parseLong("0" + System.getProperty("wormhole.seed", ""));
        Map<Long, List<String>> wanted = onOtp(folder, first);
        ActorTestKit kit = ActorTestKit.create("real-otp");
        try {
            assertThat(wanted).hasSize(SEEDS);
            for (Map.Entry<Long, List<String>> expected : wanted.entrySet()) {
                long seed = expected.getKey();
                assertThat(comparable(RandomRun.of(kit, seed).lines))
                        .as("seed %d: %s", seed, RandomScenario.row(seed))
                        .isEqualTo(comparable(expected.getValue()));
            }
        } finally {
            kit.shutdownTestKit();
        }
    }

    // OTP stops the instances of a simple_one_for_one supervisor all at once, so their exits come
    // in
    // any order: neighbouring ones are compared as a set.
    private static List<String> comparable(List<String> trace) {
        return trace.stream().map(RealOtpIT::withInstanceExitsSorted).toList();
    }

    private static String withInstanceExitsSorted(String line) {
        return INSTANCE_EXITS
                .matcher(line)
                .replaceAll(
                        run ->
                                Arrays.stream(run.group().split(", "))
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
    }

    private Map<Long, List<String>> onOtp(Path folder, long first)
            throws IOException, InterruptedException {
        Path module = folder.resolve("otp_oracle.erl");
        try (InputStream in = RealOtpIT.class.getResourceAsStream("/otp/otp_oracle.erl")) {
            Files.copy(Objects.requireNonNull(in), module);
        }
        assertThat(runs("erlc", "-o", folder.toString(), module.toString())).isTrue();
        Path in = folder.resolve("scenarios.term");
        Path out = folder.resolve("traces.txt");
        List<String> terms = new ArrayList<>();
        for (long seed = first; seed < first + SEEDS; seed++) {
            terms.add("{" + seed + ", " + RandomScenario.toErlang(RandomScenario.row(seed)) + "}.");
        }
        Files.write(in, terms);
        String call = "otp_oracle:main(\"" + in + "\", \"" + out + "\").";
        // One scheduler, so that the order in which exits are heard is the order in which they
        // happen.
        assertThat(runs("erl", "+S", "1:1", "-noshell", "-pa", folder.toString(), "-eval", call))
                .isTrue();
        return read(out);
    }

    private static Map<Long, List<String>> read(Path out) throws IOException {
        Map<Long, List<String>> traces = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            if (line.startsWith("@")) {
                current = new ArrayList<>();
                traces.put(Long.parseLong(line.substring(1)), current);
            } else {
                current.add(line);
            }
        }
        return traces;
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(600, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
