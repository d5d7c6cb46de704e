package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Shows how far an order is: one line that changes on a terminal, plain lines elsewhere. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 24;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final boolean terminal;
    private final boolean silent;
    private final long begun = System.nanoTime();
    private String last = "";
    private String trouble = "";
    private int lastCups = -1;

    private ProgressBar(PrintWriter out, boolean terminal, boolean silent) {
        this.out = out;
        this.terminal = terminal;
        this.silent = silent;
    }

    /** A bar on {@code out}; says nothing when {@code silent}. */
    // From Java 22 on there is always a console: then a redirected bar is drawn with returns.
    @SuppressWarnings("SystemConsoleNull")
    public static ProgressBar on(PrintWriter out, boolean silent) {
        return new ProgressBar(out, System.console() != null, silent);
    }

    /** Shows an order as the API describes it. */
    public void show(JsonNode order) {
        if (silent) {
            return;
        }
        int cups = order.path("delivered").asInt();
        String line = line(order, cups);
        if (terminal && !line.equals(last)) {
            out.print("\r" + line + " ".repeat(Math.max(0, last.length() - line.length())));
            out.flush();
        } else if (!terminal && (cups != lastCups || isNewTrouble(order))) {
            out.println(line);
            out.flush();
        }
        last = line;
        lastCups = cups;
    }

    private boolean isNewTrouble(JsonNode order) {
        String before = trouble;
        trouble = order.path("inProduction").path("waitsFor").asText("");
        return !trouble.isEmpty() && !trouble.equals(before);
    }

    private String line(JsonNode order, int cups) {
        int count = Math.max(1, order.path("count").asInt());
        JsonNode cup = order.path("inProduction");
        long total = Math.max(1, cup.path("linesTotal").asLong(1));
        boolean current = cup.path("cup").asInt() == cups + 1;
        double within = current ? cup.path("linesDone").asDouble() / total : 0;
        double done = Math.min(1, (cups + within) / count);
        double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        double lines = (cups + within) * total;
        int filled = (int) (done * WIDTH);
        if (cup.has("waitsFor")) {
            return "[%s%s] cup %d of %d  waits: %s"
                    .formatted(
                            "#".repeat(filled),
                            "-".repeat(WIDTH - filled),
                            cups,
                            count,
                            cup.path("waitsFor").asText());
        }
        return "[%s%s] cup %d of %d  line %d of %d  %.0f lines/s  %s left"
                .formatted(
                        "#".repeat(filled),
                        "-".repeat(WIDTH - filled),
                        cups,
                        count,
                        current ? cup.path("linesDone").asLong() : 0,
                        total,
                        lines / Math.max(seconds, 0.001),
                        remaining(done, seconds));
    }

    private static String remaining(double done, double seconds) {
        return done <= 0 ? "?" : "%.0f s".formatted(seconds / done - seconds);
    }

    /** Ends the line. */
    @Override
    public void close() {
        if (terminal && !silent && !last.isEmpty()) {
            out.println();
            out.flush();
        }
    }
}
