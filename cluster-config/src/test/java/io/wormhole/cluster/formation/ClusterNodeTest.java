package io.wormhole.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.formation.ClusterSettings.Alone;
import io.wormhole.cluster.formation.ClusterSettings.Together;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.cluster.link.LinkEnd;
import io.wormhole.cluster.link.LinkException;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkLimits;
import io.wormhole.cluster.link.Links;
import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.cluster.settings.Settings;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(400)
class ClusterNodeTest {
    private static final EntityTypeKey<Tally.Command> TALLY =
            EntityTypeKey.create(Tally.Command.class, "tally");
    private static final Config QUIET =
            ConfigFactory.parseString("pekko.loglevel = WARNING")
                    .withFallback(ConfigFactory.load());

    @Test
    void theShardedEntitiesOfANodeAloneSurviveARestart(@TempDir Path temp) throws Exception {
        DatabaseSettings settings = DatabaseSettings.h2(temp.resolve("journal"));

        for (int expected = 1; expected <= 2; expected++) {
            try (Database database = Database.open(settings)) {
                ClusterNode<Void> node = alone(Optional.of(database));
                await(node.up());
                long total = await(count(node));

                assertThat(total).isEqualTo(expected);
                assertThat(node.readiness()).isEqualTo(new Readiness(true, 1, Optional.empty()));
                assertThat(node.readiness().ready()).isTrue();
                await(node.stop());
            }
        }
    }

    @Test
    void aClosedDatabaseIsNotReady(@TempDir Path temp) {
        Database database = Database.open(DatabaseSettings.h2(temp.resolve("journal")));
        ClusterNode<Void> node = alone(Optional.of(database));
        await(node.up());

        database.close();

        assertThat(node.readiness().clusterUp()).isTrue();
        assertThat(node.readiness().databaseProblem()).isPresent();
        assertThat(node.readiness().ready()).isFalse();
        await(node.stop());
    }

    @Test
    void aNodeAloneListensOnLoopbackOnly() throws Exception {
        ClusterNode<Void> node = alone(Optional.empty());
        int port = portOf(node);

        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close())
                            .isInstanceOf(ConnectException.class);
                }
            }
        }
        assertThat(Cluster.get(node.system()).selfMember().address().getHost().orElseThrow())
                .isEqualTo("127.0.0.1");
        await(node.stop());
    }

    @Test
    void aStrangerOnTheSameMachineGetsNoConnection() {
        ClusterNode<Void> node = alone(Optional.empty());

        LinkEnd end = strangerAt(node);

        assertThat(end.cause()).isIn(LinkEnd.Cause.HANDSHAKE_FAILED, LinkEnd.Cause.LOST);
        await(node.stop());
    }

    @Test
    void nodesThatKnowEachOthersKeysFormOneCluster() throws Exception {
        LinkIdentity one = LinkIdentity.random();
        LinkIdentity two = LinkIdentity.random();
        var keys = Set.of(one.key(), two.key());
        HostPort first = free();
        HostPort second = free();

        ClusterNode<Void> node1 = start(new Together(first, List.of(first), one, keys));
        ClusterNode<Void> node2 = start(new Together(second, List.of(first), two, keys));
        await(node1.up());
        await(node2.up());

        while (node1.readiness().members() < 2) {
            Thread.onSpinWait();
        }
        assertThat(strangerAt(node1).cause())
                .isIn(LinkEnd.Cause.HANDSHAKE_FAILED, LinkEnd.Cause.LOST);
        await(node2.stop());
        await(node1.stop());
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        LinkIdentity one = LinkIdentity.random();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HostPort address = new HostPort("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(
                            () ->
                                    start(
                                            new Together(
                                                    address,
                                                    List.of(address),
                                                    one,
                                                    Set.of(one.key()))))
                    .isInstanceOf(FormationRefused.class)
                    .hasMessageContaining(address.toString());
        }
    }

    @Test
    void severalNodesNeedOneDatabase(@TempDir Path temp) {
        LinkIdentity one = LinkIdentity.random();
        HostPort address = new HostPort("127.0.0.1", 0);
        Together together = new Together(address, List.of(address), one, Set.of(one.key()));

        try (Database database = Database.open(DatabaseSettings.h2(temp.resolve("journal")))) {
            assertThatThrownBy(
                            () ->
                                    ClusterNode.start(
                                            Behaviors.<Void>empty(),
                                            together,
                                            Optional.of(database),
                                            QUIET))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("postgresql");
        }
    }

    @Test
    void settingsSayHowTheClusterForms() {
        LinkIdentity one = LinkIdentity.random();
        String together =
                "c { kind = together, together { address = \"10.0.0.1:7355\","
                        + " seeds = [\"10.0.0.1:7355\"], node-keys = [\"KEY\"] } }";

        assertThat(read("c { kind = alone }", one)).isEqualTo(new Alone());
        assertThat(read(together.replace("KEY", one.key().toString()), one))
                .isEqualTo(
                        new Together(
                                new HostPort("10.0.0.1", 7355),
                                List.of(new HostPort("10.0.0.1", 7355)),
                                one,
                                Set.of(one.key())));
        assertThatThrownBy(() -> read(together.replace("KEY", "abc"), one))
                .hasMessageContaining("c.together.node-keys.0")
                .hasMessageContaining("64 hexadecimal digits");
        assertThatThrownBy(
                        () ->
                                read(
                                        together.replace(
                                                "KEY", LinkIdentity.random().key().toString()),
                                        one))
                .hasMessageContaining("node-keys lack the key of this node");
        assertThatThrownBy(() -> read("c { kind = together }", one))
                .hasMessageContaining("c.together: is needed");
    }

    private static ClusterSettings read(String text, LinkIdentity identity) {
        return Settings.read(
                Settings.parsePlain("t", text),
                "c",
                section -> ClusterSettings.from(section, identity));
    }

    private static LinkEnd strangerAt(ClusterNode<?> node) {
        Links stranger = Links.of(node.system(), LinkIdentity.random(), LinkLimits.defaults());
        try {
            return await(
                    stranger.connect("127.0.0.1", portOf(node), Optional.empty())
                            .thenCompose(link -> link.closed()));
        } catch (AssertionError failed) {
            Throwable cause = failed.getCause();
            while (cause != null && !(cause instanceof LinkException)) {
                cause = cause.getCause();
            }
            if (cause instanceof LinkException refused) {
                return refused.end();
            }
            throw failed;
        }
    }

    private static HostPort free() throws Exception {
        return new HostPort("127.0.0.1", FreePorts.one());
    }

    private static int portOf(ClusterNode<?> node) {
        return Cluster.get(node.system()).selfMember().address().getPort().orElseThrow();
    }

    private static ClusterNode<Void> alone(Optional<Database> database) {
        return ClusterNode.start(guardian(), new Alone(), database, QUIET);
    }

    private static ClusterNode<Void> start(Together settings) {
        return ClusterNode.start(guardian(), settings, Optional.empty(), QUIET);
    }

    private static Behavior<Void> guardian() {
        return Behaviors.empty();
    }

    private static CompletionStage<Long> count(ClusterNode<?> node) {
        ClusterSharding sharding = ClusterSharding.get(node.system());
        sharding.init(Entity.of(TALLY, context -> Tally.create(context.getEntityId())));
        EntityRef<Tally.Command> tally = sharding.entityRefFor(TALLY, "one");
        return tally.ask(Tally.Count::new, Duration.ofSeconds(20));
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
