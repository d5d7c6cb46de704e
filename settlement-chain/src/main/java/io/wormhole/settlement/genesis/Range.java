package io.wormhole.settlement.genesis;

/** Checks the ranges of parameters. */
final class Range {
    private Range() {}

    static void require(String what, long found, long from, long to) {
        if (found < from || found > to) {
            throw new IllegalArgumentException(
                    "%s %d; allowed: %d to %d".formatted(what, found, from, to));
        }
    }
}
