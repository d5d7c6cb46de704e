package io.wormhole.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.OtherProcess;
import io.wormhole.cluster.journal.Database;
import io.wormhole.cluster.journal.DatabaseSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClusterNodeIT {
    @Test
    void aKilledNodeComesBackWithEverythingThatItAcknowledged(@TempDir Path temp) throws Exception {
        long expected = 0;
        for (int round = 0; round < 3; round++) {
            try (OtherProcess node = OtherProcess.start(Node.class, temp.toString())) {
                System.out.println("node process: " + node.await("ready "));
                long first = Long.parseLong(node.await("counted "));
                assertThat(first).isGreaterThan(expected);

                expected = first;
                while (expected < first + 5) {
                    expected = Long.parseLong(node.await("counted "));
                }
                node.kill();
            }
        }
    }

    /** A node whose one entity counts until the process is killed. */
    static final class Node {
        private Node() {}

        public static void main(String[] arguments) {
            Path file = Path.of(arguments[0]).resolve("journal");
            try (Database database = Database.open(DatabaseSettings.h2(file))) {
                ClusterNode<Void> node =
                        ClusterNode.start(
                                Behaviors.empty(),
                                new ClusterSettings.Alone(),
                                Optional.of(database),
                                ConfigFactory.load());
                node.up().toCompletableFuture().join();
                var key = EntityTypeKey.create(Tally.Command.class, "tally");
                ClusterSharding sharding = ClusterSharding.get(node.system());
                sharding.init(Entity.of(key, context -> Tally.create(context.getEntityId())));
                var tally = sharding.entityRefFor(key, "one");
                boolean told = false;
                while (true) {
                    long count =
                            tally.<Long>ask(Tally.Count::new, Duration.ofSeconds(20))
                                    .toCompletableFuture()
                                    .join();
                    if (!told) {
                        told = true;
                        System.out.println("ready " + figures());
                    }
                    System.out.println("counted " + count);
                }
            }
        }

        private static String figures() {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            long age = ManagementFactory.getRuntimeMXBean().getUptime();
            return "first answer " + age + " ms after JVM start, heap " + used / 1_000_000 + " MB";
        }
    }
}
