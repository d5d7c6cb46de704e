package io.wormhole.runtime.device;

import java.time.Duration;

/**
 * How to reach a printer and how patient to be with it.
 *
 * @param host name or address
 * @param port TCP port of the printer or of its serial bridge
 * @param connectTimeout for one attempt
 * @param backoffLeast pause after the first failed attempt; doubles up to the most
 * @param backoffMost longest pause between attempts
 * @param silence without any progress before the driver asks where the printer stands
 * @param giveUpAfter without any sign of life before a part fails
 * @param windowLines lines on their way at once; 4 is what Marlin's queue holds
 * @param pollEvery how often temperatures are asked for
 * @param progressEvery commands between two progress events
 */
public record MarlinSettings(
        String host,
        int port,
        Duration connectTimeout,
        Duration backoffLeast,
        Duration backoffMost,
        Duration silence,
        Duration giveUpAfter,
        int windowLines,
        Duration pollEvery,
        int progressEvery) {

    /** Checks the ranges. */
    public MarlinSettings {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("printer address " + host + ":" + port);
        }
        if (windowLines < 1 || windowLines > 256 || progressEvery < 1) {
            throw new IllegalArgumentException("window is 1 to 256 lines: " + windowLines);
        }
        for (Duration d :
                new Duration[] {
                    connectTimeout, backoffLeast, backoffMost, silence, giveUpAfter, pollEvery
                }) {
            if (d.isNegative() || d.isZero()) {
                throw new IllegalArgumentException("times must be above zero");
            }
        }
    }

    /** Patient with a real printer: four lines on the way, ten seconds of silence, two minutes. */
    public static MarlinSettings of(String host, int port) {
        return new MarlinSettings(
                host,
                port,
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                4,
                Duration.ofSeconds(2),
                200);
    }

    /** More or fewer lines on the way. */
    public MarlinSettings withWindowLines(int lines) {
        return new MarlinSettings(
                host,
                port,
                connectTimeout,
                backoffLeast,
                backoffMost,
                silence,
                giveUpAfter,
                lines,
                pollEvery,
                progressEvery);
    }

    /** More or less patience. */
    public MarlinSettings withPatience(Duration newSilence, Duration newGiveUpAfter) {
        return new MarlinSettings(
                host,
                port,
                connectTimeout,
                backoffLeast,
                backoffMost,
                newSilence,
                newGiveUpAfter,
                windowLines,
                pollEvery,
                progressEvery);
    }

    /** Where the printer is, for messages. */
    public String address() {
        return host + ":" + port;
    }
}
