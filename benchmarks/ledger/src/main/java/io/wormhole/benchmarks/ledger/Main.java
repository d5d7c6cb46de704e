package io.wormhole.benchmarks.ledger;

import java.util.List;
import java.util.Locale;

/** One command per figure. */
public final class Main {
    private Main() {}

    /** Arguments: a figure and its size; none: all, small. */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        List<String> figures =
                arguments.length == 0 ? List.of("import", "past", "state", "idle", "light", "sync", "finality", "delay", "gone") : List.of(arguments[0]);
        int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        for (String figure : figures) {
            switch (figure) {
                case "import" -> TransferBlocks.measureImport(size == 0 ? 40 : size);
                case "past" -> TransferBlocks.measurePast(size == 0 ? 40 : size);
                case "state" -> LargeState.measure(size == 0 ? 1_000_000 : size);
                case "idle" -> IdleChain.measure(size == 0 ? 3_000 : size);
                case "light" -> LightYear.measure(size == 0 ? 100 : size);
                case "sync" -> Sync.measure(size == 0 ? 2_000 : size);
                case "finality" -> FinalityTime.measure(size == 0 ? 20 : size);
                case "delay" -> FinalityTime.measureDelayed(size == 0 ? 7 : size);
                case "gone" -> FinalityTime.measureGone(size == 0 ? 7 : size);
                default -> throw new IllegalArgumentException("no figure " + figure);
            }
        }
    }
}
