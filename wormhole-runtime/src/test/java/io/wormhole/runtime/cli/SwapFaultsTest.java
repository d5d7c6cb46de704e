package io.wormhole.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the commands of swaps say of what was typed wrong; no node is asked. */
final class SwapFaultsTest {
    private static final String CHANNEL = "ab".repeat(32);

    private static Terminal.Outcome swap(String... arguments) {
        List<Object> all = new ArrayList<>(List.of("swap"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--give-data", "none", "--take-data", "none", "--file", "none.swap"));
        return Terminal.run(all.toArray());
    }

    private static Terminal.Outcome offer(String channel, String give, String take) {
        return swap(
                "offer",
                "--give-channel",
                channel,
                "--give",
                give,
                "--take-channel",
                CHANNEL,
                "--take",
                take);
    }

    @Test
    void anOfferThatIsNoneIsRefused() {
        for (String text : List.of("zz", "", "00", "ff".repeat(300))) {
            swap("accept", text).refusedWith(CommandFailed.BAD_INPUT, "not an offer");
        }
    }

    @Test
    void timesThatAreNoneAreRefused() {
        for (String seconds : List.of("0", "-5", "9223372036854775807")) {
            swap("accept", "00", "--seconds", seconds)
                    .refusedWith(CommandFailed.BAD_INPUT, "times of a swap");
        }
    }

    @Test
    void channelsAndAmountsThatAreNoneAreRefused() {
        offer("zz", "1", "2").refusedWith(CommandFailed.BAD_INPUT, "not the id of a channel");
        offer(CHANNEL, "-1", "2").refusedWith(CommandFailed.BAD_INPUT, "not an amount to give");
        offer(CHANNEL, "1", "much").refusedWith(CommandFailed.BAD_INPUT, "not an amount to take");
    }

    @Test
    void aFileThatIsNoneIsRefused() {
        Terminal.run("swap", "run", "none.swap").refusedWith(CommandFailed.BAD_INPUT, "none.swap");
    }
}
