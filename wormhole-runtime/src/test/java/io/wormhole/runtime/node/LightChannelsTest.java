package io.wormhole.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.keystore.KeyRing;
import io.wormhole.protocol.keystore.Keystore;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.runtime.fixtures.RunningNode;
import io.wormhole.runtime.trade.Customer;
import io.wormhole.settlement.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two whole nodes: a maker that is the network, and a customer on a light node, who knows of the
 * chain only what is proven to it.
 */
@Timeout(120)
class LightChannelsTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final Amount DEPOSIT = Amount.parse("10");

    private final KeyPair maker = KeyPair.generate(new SecureRandom());
    private final KeyPair customer = KeyPair.generate(new SecureRandom());
    private RunningNode full;
    private RunningNode light;

    @BeforeEach
    void startNodes(@TempDir Path folder) throws Exception {
        Genesis genesis =
                Genesis.development(
                        System.currentTimeMillis(),
                        Map.of(
                                maker.address(), Amount.parse("1000"),
                                customer.address(), Amount.parse("1000")),
                        Map.of(maker.address(), Amount.parse("10000")));
        full =
                RunningNode.start(
                        site(folder.resolve("maker"), maker, genesis, "roles = [miner, validator]"),
                        RunningNode.TOKEN);
        String dial =
                "roles = [light], peers.dial = [\"127.0.0.1:1\", \"127.0.0.1:%d\"]"
                        .formatted(full.node().settlementNode().address().getPort());
        light =
                RunningNode.start(
                        site(folder.resolve("customer"), customer, genesis, dial),
                        RunningNode.TOKEN);
    }

    @AfterEach
    void stopNodes() {
        light.close();
        full.close();
    }

    private static Path site(Path site, KeyPair operator, Genesis genesis, String more)
            throws IOException {
        Path place = Files.createDirectories(site).toAbsolutePath();
        Files.write(place.resolve("genesis.wormhole"), genesis.encoded().toArray());
        Files.writeString(place.resolve("password"), PASSWORD + "\n");
        SecureRandom random = new SecureRandom();
        Keystore.create(
                place.resolve("keys.wormhole"),
                PASSWORD.toCharArray(),
                KeyRing.of(NodeKeys.OPERATOR, operator)
                        .with(NodeKeys.NODE, KeyPair.generate(random)),
                random);
        Path settings = place.resolve("wormhole.conf");
        Files.writeString(
                settings,
                """
                wormhole {
                  data-dir = "%1$s/data"
                  network.genesis = "%1$s/genesis.wormhole"
                  keys { file = "%1$s/keys.wormhole", password-file = "%1$s/password" }
                  peers.port = 0
                  sessions.port = 0
                  http.port = 0
                  %2$s
                }
                pekko.loglevel = WARNING
                """
                        .formatted(place, more));
        return settings;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static void eventually(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(50).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static ChannelMemory memory(RunningNode node, ChannelId channel) {
        return node.node().channels().inspect(channel).toCompletableFuture().join();
    }

    private ChannelId open(int salt) throws Exception {
        byte[] bytes = new byte[Hash.SIZE];
        bytes[0] = (byte) salt;
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(customer.publicKey(), DEPOSIT),
                                new Participant(maker.publicKey(), Amount.ZERO)),
                        30,
                        CloseRule.CLOSE_AT_ONCE,
                        Amount.ZERO,
                        new Hash(Bytes.of(bytes)));
        HostPort where = full.node().advertisedSession();
        light.node().channels().reach(maker.publicKey(), where.host(), where.port());
        assertThat(get(light.node().channels().open(terms))).isInstanceOf(ChannelEntity.Done.class);
        ChannelId channel = terms.id(light.node().settlement().network());
        eventually(
                "both sides see the channel open",
                () ->
                        memory(light, channel) instanceof Open
                                && memory(full, channel) instanceof Open);
        return channel;
    }

    private static void pay(RunningNode from, ChannelId channel, String name, int payer, long dsd)
            throws Exception {
        assertThat(
                        get(
                                from.node()
                                        .channels()
                                        .request(
                                                channel,
                                                name,
                                                Update.of(
                                                        new ChannelOperation.Pay(
                                                                payer,
                                                                Amount.parse(
                                                                        Long.toString(dsd)))))))
                .isInstanceOf(ChannelEntity.Completed.class);
    }

    @Test
    void aCustomerOpensPaysAndClosesAndIsNotCheatedWithAnOldState() throws Exception {
        ChannelId together = open(1);
        ChannelId cheated = open(2);
        // A reading for a feed, which a light node has none of: its sessions go on.
        full.node().channels().say(customer.publicKey(), Bytes.of((byte) 0));
        pay(light, together, "cup", 0, 3);
        pay(light, cheated, "deposit", 0, 8);
        Customer other = new Customer(full.node());
        eventually(
                "the maker has the state",
                () -> other.stateOf(cheated).toCompletableFuture().join().isPresent());
        CoSignedState old =
                CanonicalReader.decode(
                        get(other.stateOf(cheated)).orElseThrow(), CoSignedState::readFrom);
        pay(full, cheated, "back", 1, 7);

        get(light.node().channels().perform(together, new ChannelAction.CloseTogether()));
        full.node()
                .channels()
                .bring(
                        "cheat",
                        new ChannelTransaction.CloseSolo(cheated, Optional.of(old)),
                        Duration.ofSeconds(60));

        eventually(
                "both channels are over",
                () ->
                        memory(light, together) instanceof Ended
                                && memory(light, cheated) instanceof Ended);
        assertThat(((Ended) memory(light, together)).payouts())
                .containsExactly(Amount.parse("7"), Amount.parse("3"));
        assertThat(((Ended) memory(light, cheated)).payouts())
                .as("the old state gave the maker 8")
                .containsExactly(Amount.parse("9"), Amount.parse("1"));
        assertThat(status().at("/light/servers").asInt()).isEqualTo(2);
    }

    private JsonNode status() throws Exception {
        return light.json("/v1/status").path("chain");
    }

    @Test
    void whatOnlyAFullNodeKnowsIsRefusedByName() throws Exception {
        eventually("headers come", () -> heightOf(light) > 1);

        assertThat(light.get("/ready").statusCode()).isEqualTo(200);
        assertThat(light.get("/v1/consensus/validators").statusCode()).isEqualTo(501);
        assertThat(light.get("/v1/consensus/validators").body()).contains("ask a full node");
        assertThat(status().path("finalHeight").isNumber()).isTrue();
    }

    private static long heightOf(RunningNode node) {
        return node.node().settlement().head().toCompletableFuture().join().height().value();
    }
}
