package io.wormhole.runtime.gcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class GcodeCommandTest {

    @Test
    void wordsKeepTheirDecimalsExactly() {
        GcodeCommand command = GcodeCommand.parse("g01 x-1.234567 Y.5 Z+3 E00.1 F1200");

        assertThat(command.name()).isEqualTo("G1");
        assertThat(command.millionths('X', 0)).isEqualTo(-1_234_567);
        assertThat(command.millionths('Y', 0)).isEqualTo(500_000);
        assertThat(command.millionths('Z', 0)).isEqualTo(3_000_000);
        assertThat(command.millionths('E', 0)).isEqualTo(100_000);
        assertThat(command.whole('F', 0)).isEqualTo(1200);
    }

    @Test
    void everyDecimalIsReadBackAsWritten() {
        qt().forAll(longs().between(-9_999_999_999_999L, 9_999_999_999_999L))
                .check(
                        value ->
                                GcodeCommand.parse("G1 X" + BigDecimal.valueOf(value, 6))
                                                .millionths('X', 0)
                                        == value);
    }

    @Test
    void bareWordsAndTextAreUnderstood() {
        assertThat(GcodeCommand.parse("G28 X Y").has('X')).isTrue();
        assertThat(GcodeCommand.parse("G28 X Y").hasValue('X')).isFalse();
        assertThat(GcodeCommand.parse("M117 Hello (x) 100%").text()).isEqualTo("Hello (x) 100%");
        assertThat(GcodeCommand.parse("G92.1").name()).isEqualTo("G92.1");
    }

    @Test
    void nonsenseIsNamed() {
        refuses("HELLO", "not a G, M or T command");
        refuses("G", "no number after the letter");
        refuses("G1 X1 X2", "given twice");
        refuses("G1 X--1", "where a number belongs");
        refuses("G1 X12345678", "beyond");
        refuses("G1 =3", "where a letter belongs");
        refuses("G123456", "more than 5 digits");
    }

    private static void refuses(String line, String message) {
        assertThatThrownBy(() -> GcodeCommand.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
