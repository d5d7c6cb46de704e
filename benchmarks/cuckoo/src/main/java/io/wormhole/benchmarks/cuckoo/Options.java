package io.wormhole.benchmarks.cuckoo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param edgeBits the graph sizes
 * @param rounds measurements of each kind, of which the median is shown
 * @param millis length of one measurement
 * @param peer a folder with solvers of another implementation, named {@code lean19}, {@code mean19}
 *     and so on
 */
record Options(List<Integer> edgeBits, int rounds, long millis, Optional<Path> peer) {
    private static final String USAGE =
            "usage: run [--edge-bits 19,22,24] [--rounds 7] [--millis 1500] [--peer FOLDER]";

    static Options parse(String[] arguments) {
        Options options = new Options(List.of(19, 22, 24), 7, 1500, Optional.empty());
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " lacks a value; " + USAGE);
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--edge-bits" -> new Options(numbers(value), rounds, millis, peer);
            case "--rounds" -> new Options(edgeBits, Integer.parseInt(value), millis, peer);
            case "--millis" -> new Options(edgeBits, rounds, Long.parseLong(value), peer);
            case "--peer" -> new Options(edgeBits, rounds, millis, Optional.of(Path.of(value)));
            default -> throw new IllegalArgumentException("unknown option " + name + "; " + USAGE);
        };
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
    }
}
