package io.wormhole.cluster.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wormhole.cluster.OtherProcess;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DurabilityIT {
    private static final int ROUNDS = 5;

    private final Path temp;

    DurabilityIT(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void whatWasAcknowledgedSurvivesKillNineAtAnyMoment() throws Exception {
        long seed = Long.getLong("wormhole.seed", System.nanoTime());
        System.out.println("seed of DurabilityIT: " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (OtherProcess writer =
                    OtherProcess.start(Writer.class, temp.toString(), "" + acknowledged)) {
                int found = Integer.parseInt(writer.await("found "));
                assertThat(found).isGreaterThanOrEqualTo(acknowledged);

                int until = found + 1 + random.nextInt(60);
                acknowledged = found;
                while (acknowledged < until) {
                    acknowledged = Integer.parseInt(writer.await("stored "));
                }
                writer.kill();
                // Lines that were on their way are acknowledgements too.
                Optional<String> rest = writer.line();
                while (rest.isPresent() && rest.get().matches("stored \\d+")) {
                    acknowledged = Integer.parseInt(rest.get().substring("stored ".length()));
                    rest = writer.line();
                }
            }
        }
        try (Database database = Database.open(settings(temp));
                JournalledSystem system = new JournalledSystem(database)) {
            assertThat(words(system)).isGreaterThanOrEqualTo(acknowledged);
        }
    }

    @Test
    void aDatabaseHeldByAnotherProcessIsRefused() throws Exception {
        try (OtherProcess writer = OtherProcess.start(Writer.class, temp.toString(), "0")) {
            writer.await("found ");

            DatabaseRefused refused =
                    catchThrowableOfType(
                            DatabaseRefused.class, () -> Database.open(settings(temp)).close());

            assertThat(refused.kind()).isEqualTo(DatabaseRefused.Kind.LOCKED);
            assertThat(refused).hasMessageContaining("in use");
        }
    }

    private static DatabaseSettings settings(Path directory) {
        return DatabaseSettings.h2(directory.resolve("journal"));
    }

    private static int words(JournalledSystem system) throws Exception {
        String text = system.read();
        return text.isEmpty() ? 0 : text.split(" ", -1).length;
    }

    /** Writes word after word and says so only when each is stored. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            try (Database database = Database.open(settings(Path.of(arguments[0])));
                    JournalledSystem system = new JournalledSystem(database)) {
                int count = words(system);
                System.out.println("found " + count);
                while (count < 100_000) {
                    system.write("w" + count).toCompletableFuture().join();
                    count++;
                    System.out.println("stored " + count);
                }
            }
        }
    }
}
