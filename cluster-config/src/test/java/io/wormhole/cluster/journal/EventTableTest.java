package io.wormhole.cluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventTableTest {
    @TempDir private Path temp = Path.of("");
    private Database database;
    private long others;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.h2(temp.resolve("journal")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void store(int events) throws InterruptedException {
        List<StoredEvent> all =
                IntStream.rangeClosed(1, events)
                        .mapToObj(
                                number ->
                                        new StoredEvent(
                                                "a", number, "w", 0, "", 1, "", new byte[] {1}))
                        .toList();
        database.log().append(all).toCompletableFuture().join();
        database.log().moveAll();
    }

    private void delete(long to) throws InterruptedException {
        var deleted = database.log().delete("a", to);
        // Nobody waits for it until something else is moved.
        others++;
        StoredEvent other = new StoredEvent("b", others, "w", 0, "", 1, "", new byte[] {1});
        database.log().append(List.of(other)).toCompletableFuture().join();
        database.log().moveAll();
        deleted.toCompletableFuture().join();
    }

    private List<Long> numbers() throws Exception {
        List<Long> numbers = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT \"sequence_number\" FROM \"event_journal\""
                                        + " WHERE \"persistence_id\" = 'a' ORDER BY 1")) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    @Test
    void oldEventsLeaveNothingBehind() throws Exception {
        store(6);

        delete(2);
        delete(4);

        assertThat(numbers()).containsExactly(5L, 6L);
        assertThat(database.events().highest("a", 3)).isEqualTo(6);
    }

    @Test
    void ofAllEventsTheLastStaysSinceItsNumberCounts() throws Exception {
        store(3);

        delete(Long.MAX_VALUE);
        delete(Long.MAX_VALUE);

        assertThat(numbers()).containsExactly(3L);
        assertThat(database.events().highest("a")).isEqualTo(3);
        // Also for who thinks that there were more.
        assertThat(database.events().highest("a", 9)).isEqualTo(3);
    }

    @Test
    void nothingIsGivenUpBecauseTheTablesAreLate() {
        for (String plugin : List.of("logged-journal", "logged-snapshots")) {
            Duration patience =
                    Journal.config(database).getDuration(plugin + ".circuit-breaker.call-timeout");

            assertThat(patience).isGreaterThan(Duration.ofMinutes(5));
        }
    }
}
