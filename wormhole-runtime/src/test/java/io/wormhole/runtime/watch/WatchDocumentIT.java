package io.wormhole.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Terminal;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.client.ChannelInfo;
import io.wormhole.runtime.client.WormholeClient;
import io.wormhole.runtime.fixtures.DocumentRun;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of {@code docs/watching.md}, in its order; then the seller's node dies, the buyer
 * closes with an old state, the watcher answers, and the seller comes back to its money.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WatchDocumentIT {
    private static final String LONG = "wormhole.channels.countdown-blocks = 60\n";

    @TempDir Path folder = Path.of(".");
    private DocumentRun run = new DocumentRun(folder);

    @BeforeEach
    void startNodes() throws IOException {
        run = new DocumentRun(folder);
        run.start("acme", LONG + "wormhole.watching.offered = true\n");
        run.startBeside("acme", "bob", LONG);
        run.startBeside("acme", "alice", LONG);
        run.give("acme", "bob", "100");
        run.give("acme", "alice", "100");
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private static long held(JsonNode watcher) {
        return watcher.path("behind").asLong(1) == 0
                ? watcher.path("channels").path(0).path("held").asLong()
                : 0;
    }

    @Test
    void whoIsWatchedHasItsMoneyAlthoughItsNodeIsDead() throws IOException {
        for (String line : DocumentRun.commands("watching.md")) {
            run.line(line);
        }
        String id = run.variable("CHANNEL");
        Path old = run.file("old.json");
        run.run("channel", "state", id, "--out", old.toString(), "--data", "alice");
        run.run("channel", "pay", id, "--amount", "2.5", "--data", "alice");
        Waiting.until(
                "the watcher holds the newest state",
                Duration.ofSeconds(20),
                () -> Json.parse(run.run("channel", "watch", "list", "--data", "bob")),
                seen -> held(seen.path("watchers").path(0)) == 2);
        Terminal.run(
                        "channel",
                        "watch",
                        "subscribe",
                        run.variable("PAYING"),
                        "--max-price",
                        "0",
                        "--data",
                        run.data("alice"))
                .refusedWith(CommandFailed.NOT_FOUND, "no channel");

        run.stop("bob");
        cheats(CanonicalReader.decode(state(old), CoSignedState::readFrom));

        // Bob's own node would go first.
        Waiting.until(
                "the watcher's answer",
                Duration.ofSeconds(60),
                () -> Json.object().put("alarms", run.node("acme").node().channelAlarms()),
                seen -> seen.path("alarms").asLong() == 1);
        run.restart("bob");
        WormholeClient bob = WormholeClient.ofData(run.data("bob"));
        ChannelInfo closed =
                bob.whenClosed(new ChannelId(Hash.ofHex(id)), Duration.ofSeconds(30))
                        .toCompletableFuture()
                        .join();
        assertThat(closed.payouts()).containsExactly(Amount.parse("1.5"), Amount.parse("3.5"));
        assertThat(run.node("acme").node().channelAlarms()).isEqualTo(1);
    }

    private static Bytes state(Path file) throws IOException {
        return Bytes.ofHex(Json.parse(Files.readString(file)).path("state").asText());
    }

    // Not by her node, which would correct an old state itself.
    private void cheats(CoSignedState state) {
        KeyPair alice = run.node("alice").node().operator();
        run.stop("alice");
        Settlement chain = run.node("acme").node().settlement();
        Transaction close =
                new Transaction(
                        alice.publicKey(),
                        chain.nextNonce(alice.address()).toCompletableFuture().join(),
                        chain.gasPrice(),
                        0,
                        0,
                        Optional.empty(),
                        new ChannelTransaction.CloseSolo(
                                state.state().channel(), Optional.of(state)));
        Submission submitted =
                chain.submit(close.signedBy(alice, chain.network())).toCompletableFuture().join();
        assertThat(submitted).isNotInstanceOf(Submission.Refused.class);
    }
}
