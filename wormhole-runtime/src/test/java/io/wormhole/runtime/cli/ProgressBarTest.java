package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.runtime.http.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Progress where there is no terminal: one plain line for each cup. */
final class ProgressBarTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);

    @Test
    void eachCupIsOneLine() {
        try (ProgressBar bar = ProgressBar.on(out, false)) {
            bar.show(order(0));
            bar.show(order(0));
            bar.show(order(1));
            bar.show(order(2));
        }

        assertThat(written.toString().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("[------------------------] cup 0 of 2  line 0 of 1");
        assertThat(written.toString()).contains("cup 2 of 2").doesNotContain("\r[");
    }

    @Test
    void linesOfTheCupInProductionCount() {
        ObjectNode half = order(1);
        half.putObject("inProduction").put("cup", 2).put("linesDone", 50).put("linesTotal", 100);

        ProgressBar.on(out, false).show(half);

        assertThat(written.toString())
                .startsWith("[##################------] cup 1 of 2  line 50 of 100");
    }

    @Test
    void linesOfAnotherCupDoNotCount() {
        ObjectNode late = order(1);
        late.putObject("inProduction").put("cup", 1).put("linesDone", 99).put("linesTotal", 100);

        ProgressBar.on(out, false).show(late);

        assertThat(written.toString()).startsWith("[############------------]");
    }

    @Test
    void troubleIsOneLineUntilItIsAnother() {
        ObjectNode waiting = order(1);
        waiting.putObject("inProduction").put("cup", 2).put("waitsFor", "no filament");
        ProgressBar bar = ProgressBar.on(out, false);

        bar.show(order(1));
        bar.show(waiting);
        bar.show(waiting);

        assertThat(written.toString().lines())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("cup 1 of 2  waits: no filament");
    }

    @Test
    void silentBarSaysNothing() {
        try (ProgressBar bar = ProgressBar.on(out, true)) {
            bar.show(order(1));
        }

        assertThat(written.toString()).isEmpty();
    }

    private static ObjectNode order(int delivered) {
        return Json.object().put("count", 2).put("delivered", delivered);
    }
}
