package io.wormhole.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.client.ChannelInfo;
import io.wormhole.runtime.client.WormholeClient;
import io.wormhole.runtime.fixtures.DocumentRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/swaps.md}, between two networks with two nodes each. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SwapDocumentIT {
    private static final String LONG = "wormhole.channels.countdown-blocks = 2000\n";

    @TempDir Path folder = Path.of(".");
    private DocumentRun run = new DocumentRun(folder);

    @BeforeEach
    void startNodes() throws IOException {
        run = new DocumentRun(folder);
        run.start("alice1", LONG);
        run.startBeside("alice1", "bob1", LONG);
        run.start("bob2", LONG);
        run.startBeside("bob2", "alice2", LONG);
        run.give("alice1", "bob1", "100");
        run.give("bob2", "alice2", "100");
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private List<Amount> balances(String node, String channel) throws IOException {
        ChannelInfo info =
                WormholeClient.ofData(run.data(node))
                        .channel(new ChannelId(Hash.ofHex(run.variable(channel))))
                        .toCompletableFuture()
                        .join();
        return info.balances();
    }

    @Test
    void bothLegsArePaid() throws IOException {
        List<CompletableFuture<String>> running = new ArrayList<>();
        for (String line : DocumentRun.commands("swaps.md")) {
            if (line.startsWith("wormhole swap run")) {
                running.add(CompletableFuture.supplyAsync(() -> run.line(line)));
            } else {
                run.line(line);
            }
        }

        assertThat(running.stream().map(CompletableFuture::join))
                .containsExactly("swapped\n", "swapped\n");
        assertThat(balances("bob1", "FIRST")).containsExactly(Amount.parse("4"), Amount.parse("1"));
        assertThat(balances("alice2", "SECOND"))
                .containsExactly(Amount.parse("3"), Amount.parse("2"));
    }
}
