package io.wormhole.runtime.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Terminal;
import io.wormhole.runtime.fixtures.DocumentRun;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/contracts/on-chain.md}, in its order, and what is refused. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OnChainDocumentIT {
    @TempDir Path folder = Path.of(".");
    private DocumentRun run = new DocumentRun(folder);

    @BeforeEach
    void startNodes() throws IOException {
        run = new DocumentRun(folder);
        run.start("acme", "");
        run.startBeside("acme", "alice", "");
        run.give("acme", "alice", "200");
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void everyCommandWorksAndWhatIsRefusedCostsNothing() throws IOException {
        for (String line : DocumentRun.commands("contracts/on-chain.md")) {
            if (line.contains(" pledge ")) {
                refusals();
            }
            run.line(line);
        }

        JsonNode fund = show().path("crowdfunding");
        assertThat(fund.path("outcome").asText()).isEqualTo("success");
        assertThat(fund.path("due").asText()).isEqualTo("0");
        assertThat(show().path("balanceBaseUnits").asLong()).isZero();
        call("claim", "me").refusedWith(CommandFailed.REFUSED, "nothing to claim");
    }

    private Terminal.Outcome call(String... words) {
        Object[] all = new Object[words.length + 5];
        System.arraycopy(new Object[] {"contract", "call", run.variable("FUND")}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        all[words.length + 3] = "--data";
        all[words.length + 4] = run.data("alice");
        return Terminal.run(all);
    }

    private JsonNode show() {
        return Json.parse(run.run("contract", "show", run.variable("FUND"), "--data", "alice"));
    }

    private void refusals() throws IOException {
        JsonNode before = show();
        String alice = run.node("alice").node().operator().address().toString();
        String balance = run.run("chain", "account", alice, "--data", "alice");

        call("pledge", "--amount", "0.1")
                .refusedWith(CommandFailed.REFUSED, "a five-hundredth of the goal at least");
        call("steal").refusedWith(CommandFailed.REFUSED, "unknown message");
        call("claim", "me").refusedWith(CommandFailed.REFUSED, "not yet ended");
        call("--answer", run.variable("QUESTION"))
                .refusedWith(CommandFailed.REFUSED, "no final answer yet");
        call().refusedWith(CommandFailed.BAD_INPUT, "give words");
        call("claim", "dsd1nonsense").refusedWith(CommandFailed.BAD_INPUT, "message:");
        call("claim", "{1, 2").refusedWith(CommandFailed.BAD_INPUT, "message:");
        call("pledge", "--time", "100000001").refusedWith(CommandFailed.BAD_INPUT, "time");
        Terminal.run("contract", "show", alice, "--data", run.data("alice"))
                .refusedWith(CommandFailed.NOT_FOUND, "no contract");
        create("no-such-contract", "{}").refusedWith(CommandFailed.BAD_INPUT, "no-such-contract");
        Path source = Files.writeString(run.file("broken.py"), "def contract(:\n");
        create(source.toString(), "{}").refusedWith(CommandFailed.BAD_INPUT, "broken.py");
        create("crowdfunding-account", "{now+").refusedWith(CommandFailed.BAD_INPUT, "terms:");

        assertThat(show()).isEqualTo(before);
        assertThat(run.run("chain", "account", alice, "--data", "alice")).isEqualTo(balance);
    }

    private Terminal.Outcome create(String code, String terms) {
        return Terminal.run(
                "contract",
                "create",
                code,
                "--terms",
                terms,
                "--state",
                "{}",
                "--data",
                run.data("alice"));
    }
}
