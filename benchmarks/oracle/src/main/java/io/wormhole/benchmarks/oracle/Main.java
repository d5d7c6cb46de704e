package io.wormhole.benchmarks.oracle;

import java.util.List;
import java.util.Locale;

/** One command per figure. */
public final class Main {
    private Main() {}

    /** Arguments: a figure and its size; none: all. */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        List<String> figures =
                arguments.length == 0
                        ? List.of("upkeep", "proof", "operator")
                        : List.of(arguments[0]);
        int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        for (String figure : figures) {
            switch (figure) {
                case "upkeep" -> Upkeep.measure(size == 0 ? 10_000 : size);
                case "proof" -> ProofSize.measure(size == 0 ? 1_000_000 : size);
                case "operator" -> Operator.measure(size == 0 ? 1_000 : size);
                default -> throw new IllegalArgumentException("no figure " + figure);
            }
        }
    }
}
