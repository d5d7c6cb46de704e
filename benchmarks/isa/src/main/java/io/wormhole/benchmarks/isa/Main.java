package io.wormhole.benchmarks.isa;

import java.util.List;
import java.util.Set;

/** Runs the benchmarks named on the command line, or all. */
public final class Main {
    private Main() {}

    /**
     * {@code programs}, {@code peers}, {@code prices}, or nothing for all; after {@code prices} may
     * follow the words of the instructions to measure.
     */
    public static void main(String[] names) {
        List<String> chosen =
                names.length == 0 ? List.of("programs", "peers", "prices") : List.of(names);
        if (chosen.contains("programs")) {
            ProgramBenchmark.run();
        }
        if (chosen.contains("peers")) {
            PeerBenchmark.run();
        }
        if (chosen.contains("prices")) {
            int first = chosen.indexOf("prices") + 1;
            PriceBenchmark.run(Set.copyOf(chosen.subList(first, chosen.size())));
        }
    }
}
