package io.wormhole.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.update.HashLock;
import io.wormhole.channel.update.LockIds;
import io.wormhole.channel.update.Update;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.client.ChannelInfo;
import io.wormhole.runtime.client.SwapOffer;
import io.wormhole.runtime.client.SwapPlan;
import io.wormhole.runtime.client.SwapTimes;
import io.wormhole.runtime.client.WormholeClient;
import io.wormhole.runtime.fixtures.DocumentRun;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docs/swaps.md}, between two networks with two nodes each. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SwapDocumentIT {
    private static final String LONG = "wormhole.channels.countdown-blocks = 2000\n";

    private static DocumentRun run = new DocumentRun(Path.of("."));

    @BeforeAll
    static void startNodes(@TempDir Path folder) throws IOException {
        run = new DocumentRun(folder);
        run.start("alice1", LONG);
        run.startBeside("alice1", "bob1", LONG);
        run.start("bob2", LONG);
        run.startBeside("bob2", "alice2", LONG);
        run.give("alice1", "bob1", "100");
        run.give("bob2", "alice2", "100");
        DocumentRun.commands("swaps.md").stream().filter(SwapDocumentIT::claims).forEach(run::line);
    }

    private static boolean claims(String line) {
        return line.startsWith("wormhole name claim");
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    private static List<Amount> balances(String node, String channel) throws IOException {
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
            } else if (!claims(line)) {
                run.line(line);
            }
        }

        assertThat(running.stream().map(CompletableFuture::join))
                .containsExactly("swapped\n", "swapped\n");
        assertThat(balances("bob1", "FIRST")).containsExactly(Amount.parse("4"), Amount.parse("1"));
        assertThat(balances("alice2", "SECOND"))
                .containsExactly(Amount.parse("3"), Amount.parse("2"));
    }

    @Test
    void theParticipantReceivesAlsoWhenTheInitiatorShowsTheSecretToTheChainAlone()
            throws IOException {
        DocumentRun.commands("swaps.md").stream()
                .filter(line -> line.contains("wormhole channel open"))
                .forEach(run::line);
        ChannelId first = new ChannelId(Hash.ofHex(run.variable("FIRST")));
        ChannelId second = new ChannelId(Hash.ofHex(run.variable("SECOND")));
        WormholeClient giving = WormholeClient.ofData(run.data("alice1"));
        WormholeClient taking = WormholeClient.ofData(run.data("alice2"));
        SwapPlan plan =
                SwapOffer.plan(
                        new SwapOffer.Side(first, Amount.parse("1"), height(giving)),
                        new SwapOffer.Side(second, Amount.parse("2"), height(taking)),
                        new SwapTimes(240, 10, 1, 1));
        String accepted =
                run.line(
                        "wormhole swap accept "
                                + SwapOffer.of(plan).encoded().toHex()
                                + " --give-data bob2 --take-data bob1 --seconds 240"
                                + " --give-block-seconds 1 --take-block-seconds 1 --development"
                                + " --file alone.swap --json");
        assertThat(Json.parse(accepted).path("take").path("amount").asText()).isEqualTo("1");
        CompletableFuture<String> bob =
                CompletableFuture.supplyAsync(
                        () -> run.line("wormhole swap run alone.swap --json"));

        Hash hash = plan.swap().hash();
        long lock = LockIds.of(hash, LockIds.SWAP_PART);
        giving.update(
                        first,
                        "lock",
                        Update.of(
                                HashLock.lock(
                                        lock,
                                        0,
                                        plan.swap().give().amount(),
                                        hash,
                                        plan.swap().give().expiry())))
                .toCompletableFuture()
                .join();
        Waiting.until(
                "the participant's lock",
                Duration.ofSeconds(30),
                () -> Json.object().put("locked", holds(taking, second, lock)),
                seen -> seen.path("locked").asBoolean());
        taking.force(
                        second,
                        new ForcedStep(
                                lock, HashTimeLock.redeem(plan.swap().secret().orElseThrow())))
                .toCompletableFuture()
                .join();

        assertThat(bob.join()).isEqualTo("{\"swapped\":true}\n");
        assertThat(balances("bob1", "FIRST")).containsExactly(Amount.parse("4"), Amount.parse("1"));
    }

    private static boolean holds(WormholeClient client, ChannelId channel, long lock) {
        return client.memory(channel).toCompletableFuture().join() instanceof Open open
                && HashLock.of(open.standing().position(), lock).isPresent();
    }

    private static BlockHeight height(WormholeClient client) {
        return client.height().toCompletableFuture().join();
    }
}
