package io.wormhole.cluster.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventLogTest {
    private final Path temp;
    private final DatabaseSettings settings;

    EventLogTest(@TempDir Path temp) {
        this.temp = temp;
        this.settings = DatabaseSettings.h2(temp.resolve("journal"));
    }

    private static StoredEvent event(String id, long number, String content) {
        return new StoredEvent(id, number, "w", 5, "", 7, "text", content.getBytes(UTF_8));
    }

    private static void append(Database database, StoredEvent... events) throws Exception {
        database.log().append(List.of(events)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void delete(Database database, String id, long to) throws Exception {
        CompletionStage<Void> deleted = database.log().delete(id, to);
        database.log().moveAll();
        deleted.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static List<String> stored(Database database, String id) throws Exception {
        database.log().moveAll();
        List<String> found = new ArrayList<>();
        database.events()
                .replay(
                        id,
                        0,
                        1_000,
                        1_000,
                        event -> found.add(new String(event.payload(), UTF_8)));
        return found;
    }

    private Path segment() throws IOException {
        List<Path> files = LogSegment.files(temp.resolve("journal.mv.db"));
        return files.get(files.size() - 1);
    }

    // A copy of the log as it is before its events are in the table, put back after the end.
    private byte[] logOf(StoredEvent... events) throws Exception {
        try (Database database = Database.open(settings)) {
            for (StoredEvent event : events) {
                append(database, event);
            }
            return Files.readAllBytes(segment());
        }
    }

    @Test
    void whatIsAppendedComesIntoTheTable() throws Exception {
        try (Database database = Database.open(settings)) {
            append(database, event("a", 1, "one"), event("a", 2, "two"));
            append(database, event("b", 1, "other"));

            assertThat(stored(database, "a")).containsExactly("one", "two");
            assertThat(database.events().highest("b")).isEqualTo(1);
            assertThat(database.log().tail().isEmpty()).isTrue();
        }
    }

    @Test
    void aWriterThatWasInterruptedDoesNotCloseTheLog() throws Exception {
        try (Database database = Database.open(settings)) {
            List<String> all = new ArrayList<>();
            for (int number = 1; number <= 50; number++) {
                all.add("e" + number);
                Thread.currentThread().interrupt();
                CompletionStage<Void> written =
                        database.log().appendSoon(List.of(event("a", number, "e" + number)));
                assertThat(Thread.interrupted()).isTrue();
                written.toCompletableFuture().get(10, TimeUnit.SECONDS);
            }

            assertThat(stored(database, "a")).isEqualTo(all);
        }
    }

    @Test
    void eventsAreDeletedWhileOthersKeepComing() throws Exception {
        try (Database database = Database.open(settings)) {
            append(database, event("a", 1, "one"), event("a", 2, "two"));
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Long> writing =
                    CompletableFuture.supplyAsync(() -> writeUntil(over, database));

            delete(database, "a", 1);
            over.set(true);

            assertThat(writing.get(10, TimeUnit.SECONDS)).isPositive();
            assertThat(stored(database, "a")).containsExactly("two");
        }
    }

    private static long writeUntil(AtomicBoolean over, Database database) {
        long number = 0;
        while (!over.get()) {
            number++;
            database.log().append(List.of(event("b", number, "x"))).toCompletableFuture().join();
        }
        return number;
    }

    @Test
    void theNewestNumberIsKnownAfterAllEventsAreDeleted() throws Exception {
        try (Database database = Database.open(settings)) {
            append(database, event("a", 1, "one"), event("a", 2, "two"));

            delete(database, "a", 2);

            assertThat(stored(database, "a")).isEmpty();
            assertThat(database.events().highest("a")).isEqualTo(2);
        }
    }

    @Test
    void whatTheTableLacksIsMovedAtTheStart() throws Exception {
        Database.open(settings).close();
        Path before = temp.resolve("before.mv.db");
        Files.copy(temp.resolve("journal.mv.db"), before);
        byte[] log = logOf(event("a", 1, "one"), event("a", 2, "two"));

        // The process died before anything was moved.
        Files.copy(before, temp.resolve("journal.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(temp.resolve("journal.witness"));
        Files.write(segment(), log);

        try (Database database = Database.open(settings)) {
            assertThat(stored(database, "a")).containsExactly("one", "two");
            append(database, event("a", 3, "three"));
            assertThat(stored(database, "a")).containsExactly("one", "two", "three");
        }
        try (Database database = Database.open(settings)) {
            assertThat(stored(database, "a")).containsExactly("one", "two", "three");
        }
    }

    @Test
    void aWriteThatDidNotEndCountsForNothing() throws Exception {
        LogRecord record = new LogRecord(7, 7, List.of(event("a", 1, "one"), event("b", 2, "two")));
        ByteBuffer whole = ByteBuffer.allocate(record.maximumSize());
        record.writeTo(whole);
        whole.flip();
        assertThat(LogRecord.readFrom(whole.duplicate()).orElseThrow().index()).isEqualTo(7);

        for (int cut = 0; cut < whole.limit(); cut++) {
            ByteBuffer torn = ByteBuffer.allocate(whole.limit() + 100);
            torn.put(whole.duplicate().limit(cut)).rewind();
            assertThat(LogRecord.readFrom(torn)).isEqualTo(Optional.empty());
            assertThat(torn.position()).isZero();
        }
    }

    @Test
    void bytesThatChangedAreNeverTakenForARecord() {
        SplittableRandom random = new SplittableRandom(1);
        LogRecord record = new LogRecord(7, 7, List.of(event("a", 1, "one")));
        ByteBuffer whole = ByteBuffer.allocate(record.maximumSize());
        record.writeTo(whole);
        int size = whole.position();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = whole.array().clone();
            bytes[random.nextInt(size)] ^= (byte) (1 + random.nextInt(255));
            assertThat(LogRecord.readFrom(ByteBuffer.wrap(bytes))).isEmpty();
        }
    }

    @Test
    void aRecordThatWasForcedAndIsDamagedStopsTheStart() throws Exception {
        logOf(event("a", 1, "one"), event("a", 2, "two"), event("a", 3, "three"));
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            // In the middle of the second record.
            file.seek(100);
            file.write(new byte[] {1, 2, 3, 4, 5});
        }

        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void aDamagedFirstRecordWithForcedOnesBehindItStopsTheStart() throws Exception {
        Database.open(settings).close();
        Path before = temp.resolve("before.mv.db");
        Files.copy(temp.resolve("journal.mv.db"), before);
        byte[] log = logOf(event("a", 1, "one"), event("a", 2, "two"));
        log[12] ^= 1;
        Files.copy(before, temp.resolve("journal.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(temp.resolve("journal.witness"));
        Files.write(segment(), log);

        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("record 1 of the event log")
                .hasMessageContaining("is damaged");
        assertThat(Files.readAllBytes(segment())).isEqualTo(log);
    }

    @Test
    void aDamagedEndOfAFileThatAnotherFollowsStopsTheStart() throws Exception {
        logOf(event("a", 1, "one"));
        // The last record of the file before it, the second, is not to be read.
        Path next = temp.resolve("journal.mv.db.%019d.log".formatted(3));
        Files.write(next, new byte[LogSegment.BYTES]);

        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("ends at record 1 of its log")
                .hasMessageContaining("begins with 3");
    }

    @Test
    void aLogThatIsGoneStopsTheStart() throws Exception {
        logOf(event("a", 1, "one"));
        Files.delete(segment());

        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("lacks its log");
    }

    @Test
    void aLogOfLaterRecordsThanTheTableExpectsStopsTheStart() throws Exception {
        logOf(event("a", 1, "one"));
        LogRecord later = new LogRecord(9, 9, List.of(event("a", 2, "two")));
        ByteBuffer bytes = ByteBuffer.allocate(LogSegment.BYTES);
        later.writeTo(bytes);
        Files.write(segment(), bytes.array());

        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("ends at record 1 of its log");
    }

    @Test
    void fullSegmentsAreDroppedWhenTheirEventsAreInTheTable() throws Exception {
        String large = "x".repeat(1 << 20);
        try (Database database = Database.open(settings)) {
            for (int i = 1; i <= 30; i++) {
                append(database, event("a", i, large));
            }
            database.log().moveAll();
            assertThat(database.events().highest("a")).isEqualTo(30);
        }
        assertThat(LogSegment.files(temp.resolve("journal.mv.db"))).hasSize(1);
    }

    @Test
    void whatIsForcedLaterIsDurableWithAllBeforeIt() throws Exception {
        try (Database database = Database.open(settings)) {
            EventLog log = database.log();
            CompletableFuture<Void> soon =
                    log.appendSoon(List.of(event("a", 1, "one"))).toCompletableFuture();
            CompletableFuture<Void> durable = log.durable().toCompletableFuture();
            log.appendSoon(List.of(event("a", 2, "two")));
            append(database, event("b", 1, "other"));

            assertThat(soon).isDone();
            assertThat(durable).succeedsWithin(5, TimeUnit.SECONDS);
            assertThat(log.durable().toCompletableFuture()).succeedsWithin(5, TimeUnit.SECONDS);
            assertThat(stored(database, "a")).containsExactly("one", "two");
        }
        try (Database database = Database.open(settings)) {
            assertThat(stored(database, "a")).containsExactly("one", "two");
            assertThat(stored(database, "b")).containsExactly("other");
        }
    }

    @Test
    void whatNothingFollowsIsDurableSoonToo() throws Exception {
        try (Database database = Database.open(settings)) {
            database.log().appendSoon(List.of(event("a", 1, "one")));

            assertThat(database.log().durable().toCompletableFuture())
                    .succeedsWithin(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void writersOfBothKindsKeepTheOrderOfEachId() throws Exception {
        int events = 400;
        List<CompletableFuture<Void>> writers = new ArrayList<>();

        try (Database database = Database.open(settings)) {
            for (String id : List.of("a", "b", "c")) {
                writers.add(CompletableFuture.runAsync(() -> writeBothKinds(database, id, events)));
            }
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);
        }

        List<String> expected = IntStream.rangeClosed(1, events).mapToObj(i -> "" + i).toList();
        try (Database database = Database.open(settings)) {
            for (String id : List.of("a", "b", "c")) {
                assertThat(stored(database, id)).isEqualTo(expected);
            }
        }
    }

    private static void writeBothKinds(Database database, String id, int events) {
        for (int i = 1; i <= events; i++) {
            List<StoredEvent> next = List.of(event(id, i, "" + i));
            EventLog log = database.log();
            (i % 3 == 0 ? log.append(next) : log.appendSoon(next)).toCompletableFuture().join();
        }
    }

    @Test
    void aRecordThatWasNotForcedMayBeLostWithAllAfterIt() throws Exception {
        Database.open(settings).close();
        Path before = temp.resolve("before.mv.db");
        Files.copy(temp.resolve("journal.mv.db"), before);
        ByteBuffer log = ByteBuffer.allocate(LogSegment.BYTES);
        new LogRecord(1, 1, List.of(event("a", 1, "one"))).writeTo(log);
        LogRecord torn = new LogRecord(2, 2, List.of(event("a", 2, "two")));
        int at = log.position();
        torn.writeTo(log);
        // Forced together with the torn one, or not at all.
        new LogRecord(3, 2, List.of(event("a", 3, "three"))).writeTo(log);
        log.put(at + 12, (byte) 99);
        Files.copy(before, temp.resolve("journal.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(segment(), log.array());

        try (Database database = Database.open(settings)) {
            assertThat(stored(database, "a")).containsExactly("one");
            append(database, event("a", 2, "again"));
            assertThat(stored(database, "a")).containsExactly("one", "again");
        }
    }
}
