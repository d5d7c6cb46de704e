package io.wormhole.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void whatSteersATerminalIsShownByItsNumber() {
        assertThat(Printable.of("\u001b[31mred\u0007 \u009b1m \u202eabc \ud800"))
                .isEqualTo("\\u001b[31mred\\u0007 \\u009b1m \\u202eabc \\ud800");
    }

    @Test
    void otherTextStaysAsItIs() {
        String text = "größer\tals 5 °C\n\uD83C\uDF75 $1 \\";

        assertThat(Printable.of(text)).isEqualTo(text);
    }
}
