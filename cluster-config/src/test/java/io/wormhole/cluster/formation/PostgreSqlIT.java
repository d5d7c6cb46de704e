package io.wormhole.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.PostgreSqlServer;
import io.wormhole.cluster.formation.ClusterSettings.Together;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseRefused;
import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.settings.FreePorts;
import io.wormhole.cluster.settings.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs only where PostgreSQL is installed. */
@Timeout(400)
class PostgreSqlIT {
    private static final EntityTypeKey<Tally.Command> TALLY =
            EntityTypeKey.create(Tally.Command.class, "tally");

    @Test
    void twoNodesShareTheirEntitiesAndOneGoesOnWhenTheOtherLeaves(@TempDir Path temp)
            throws Exception {
        Optional<Path> programs = PostgreSqlServer.programs();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
        try (PostgreSqlServer server = PostgreSqlServer.start(programs.get(), temp);
                Database database1 = Database.open(server.settings());
                Database database2 = Database.open(server.settings())) {
            LinkIdentity one = LinkIdentity.random();
            LinkIdentity two = LinkIdentity.random();
            HostPort first = free();
            HostPort second = free();
            var keys = Set.of(one.key(), two.key());
            var node1 = start(new Together(first, List.of(first), one, keys), database1);
            await(node1.up());
            var node2 = start(new Together(second, List.of(first), two, keys), database2);
            await(node2.up());

            assertThat(await(count(node1))).isEqualTo(1);
            assertThat(await(count(node2))).isEqualTo(2);
            assertThat(node1.readiness().ready()).isTrue();

            await(node1.stop());
            assertThat(await(count(node2))).isEqualTo(3);
            await(node2.stop());
        }
    }

    @Test
    void aWrongPasswordIsNamedWithoutShowingIt(@TempDir Path temp) throws Exception {
        Optional<Path> programs = PostgreSqlServer.programs();
        Assumptions.assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
        try (PostgreSqlServer server = PostgreSqlServer.start(programs.get(), temp)) {
            DatabaseRefused refused =
                    catchThrowableOfType(
                            DatabaseRefused.class,
                            () -> Database.open(server.settings("hunter2")).close());

            assertThat(refused.kind()).isEqualTo(DatabaseRefused.Kind.LOGIN);
            assertThat(refused.getMessage()).contains("acme").doesNotContain("hunter2");
        }
    }

    private static ClusterNode<Void> start(Together settings, Database database) {
        ClusterNode<Void> node =
                ClusterNode.start(
                        Behaviors.empty(),
                        settings,
                        Optional.of(database),
                        ConfigFactory.parseString(TallySerializer.CONFIG)
                                .withFallback(ConfigFactory.load()));
        ClusterSharding.get(node.system())
                .init(Entity.of(TALLY, context -> Tally.create(context.getEntityId())));
        return node;
    }

    private static CompletionStage<Long> count(ClusterNode<?> node) {
        return ClusterSharding.get(node.system())
                .entityRefFor(TALLY, "one")
                .ask(Tally.Count::new, Duration.ofSeconds(20));
    }

    private static HostPort free() throws Exception {
        return new HostPort("127.0.0.1", FreePorts.one());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
    }
}
