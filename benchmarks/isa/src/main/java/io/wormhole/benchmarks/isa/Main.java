package io.wormhole.benchmarks.isa;

import java.util.List;

/** Runs the benchmarks named on the command line, or all. */
public final class Main {
    private Main() {}

    /** {@code programs}, {@code peers}, {@code prices}, or nothing for all. */
    public static void main(String[] names) {
        List<String> chosen = names.length == 0 ? List.of("programs", "peers", "prices") : List.of(names);
        if (chosen.contains("programs")) {
            ProgramBenchmark.run();
        }
        if (chosen.contains("peers")) {
            PeerBenchmark.run();
        }
        if (chosen.contains("prices")) {
            PriceBenchmark.run();
        }
    }
}
