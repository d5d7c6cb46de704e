package io.wormhole.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class MarlinReplyTest {

    @Test
    void marlinsLinesAreUnderstood() {
        Temperatures warm = new Temperatures(201.5, 205, 60.02, 60);

        assertThat(parse("ok")).isEqualTo(ok(OptionalLong.empty(), Optional.empty()));
        assertThat(parse("ok N77 P15 B3")).isEqualTo(ok(OptionalLong.of(77), Optional.empty()));
        assertThat(parse("ok T:201.50 /205.00 B:60.02 /60.00 @:64 B@:12"))
                .isEqualTo(ok(OptionalLong.empty(), Optional.of(warm)));
        assertThat(parse(" T:201.50 /205.00 B:60.02 /60.00 @:64 B@:12 W:?"))
                .isEqualTo(new MarlinReply.Report(warm));
        assertThat(parse("T:19.0 /0.0 @:0"))
                .isEqualTo(new MarlinReply.Report(new Temperatures(19, 0, 0, 0)));
        assertThat(parse("Resend: 17")).isEqualTo(new MarlinReply.Resend(17));
        assertThat(parse("rs N17")).isEqualTo(new MarlinReply.Resend(17));
        assertThat(parse("Error:checksum mismatch, Last Line: 16"))
                .isEqualTo(new MarlinReply.LineFault());
        assertThat(parse("Error:Printer halted. kill() called!"))
                .isEqualTo(new MarlinReply.Fault("Printer halted. kill() called!"));
        assertThat(parse("start")).isEqualTo(new MarlinReply.Greeting());
        assertThat(parse("echo:busy: processing")).isEqualTo(new MarlinReply.Busy());
        assertThat(parse("echo:Unknown command: \"G555 X1\""))
                .isEqualTo(new MarlinReply.Unknown("G555 X1"));
        assertThat(parse("Stats: Prints: 1683, Finished: 1489, Failed: 194"))
                .isEqualTo(new MarlinReply.Prints(1683, 1489));
        assertThat(parse("Stats: Filament used: 29846.78m"))
                .isEqualTo(new MarlinReply.Filament(29_846_780));
        assertThat(parse("FIRMWARE_NAME:Marlin 2.1.2 (Nov 4) SOURCE_CODE_URL:x UUID:y"))
                .isEqualTo(new MarlinReply.Firmware("Marlin 2.1.2 (Nov 4)"));
        assertThat(parse("Cap:EEPROM:1")).isInstanceOf(MarlinReply.Remark.class);
        assertThat(parse("HTTP/1.1 400 Bad Request")).isEqualTo(new MarlinReply.Noise());
        assertThat(parse("Resend: soon")).isEqualTo(new MarlinReply.Noise());
    }

    @Test
    @Timeout(20)
    void noiseIsNeverMoreThanNoise() {
        long seed = Long.getLong("wormhole.seed", 99L);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = new byte[MarlinReply.MAX_LINE];
        String[] starts = {
            "ok ", "Resend:", "Stats: ", "echo:", " T:", "FIRMWARE_NAME:", "", "Error:"
        };
        for (int run = 0; run < 20_000; run++) {
            random.nextBytes(bytes);
            int length = random.nextInt(bytes.length);
            String line =
                    starts[random.nextInt(starts.length)]
                            + new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            assertThat(parse(line)).as("seed %d run %d", seed, run).isNotNull();
        }
        assertThat(parse("T:" + "1".repeat(500))).isEqualTo(new MarlinReply.Noise());
        assertThat(parse("FIRMWARE_NAME:" + "A:".repeat(240))).isNotNull();
    }

    private static MarlinReply parse(String line) {
        return MarlinReply.parse(line);
    }

    private static MarlinReply ok(OptionalLong line, Optional<Temperatures> temperatures) {
        return new MarlinReply.Ok(line, temperatures);
    }
}
