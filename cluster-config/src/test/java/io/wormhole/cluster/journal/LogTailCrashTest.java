package io.wormhole.cluster.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whenever the power fails, tables and log together have all that was forced to the disk. */
class LogTailCrashTest {
    private static final int SEEDS = Integer.getInteger("wormhole.log-tail.seeds", 2_000);
    private static final List<String> IDS = List.of("a", "b", "c");

    @Test
    void whatWasForcedIsFoundAfterEveryLossOfPower() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Life life = new Life(new Random(seed));
            int steps = life.random.nextInt(200);
            for (int i = 0; i < steps; i++) {
                life.step();
            }
            life.losePower("seed " + seed);
        }
    }

    /** A log, its tail and the tables; the values of events tell whether they are deleted. */
    private static final class Life {
        final Random random;
        private final LogTail tail = new LogTail();
        private final List<LogRecord> log = new ArrayList<>();
        private final Map<String, Long> numbers = new HashMap<>();
        private final Map<String, NavigableMap<Long, Boolean>> events = new HashMap<>();
        private final Map<String, Long> snapshots = new HashMap<>();
        private long forced;
        private long moved;

        Life(Random random) {
            this.random = random;
            IDS.forEach(id -> events.put(id, new TreeMap<>()));
        }

        void step() {
            String id = IDS.get(random.nextInt(IDS.size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> append(id, 1 + random.nextInt(3));
                case 4, 5 -> force();
                case 6 -> takeSnapshot(id);
                default -> move();
            }
        }

        private void append(String id, int count) {
            List<StoredEvent> together = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long number = numbers.merge(id, 1L, Long::sum);
                together.add(new StoredEvent(id, number, "w", 0, "", 1, "", new byte[1]));
            }
            LogRecord record = new LogRecord(log.size() + 1, forced + 1, together);
            log.add(record);
            tail.add(record);
        }

        private void force() {
            forced = log.size();
            tail.forcedUpTo(forced);
        }

        private void takeSnapshot(String id) {
            long number = numbers.getOrDefault(id, 0L);
            if (number > 0) {
                tail.store(new StoredSnapshot(id, number, 0, 1, "", new byte[1]));
                var unused = tail.delete(id, number - random.nextInt(3));
            }
        }

        private void move() {
            TableMove move = tail.next(1 + random.nextInt(6));
            for (StoredEvent event : move.events()) {
                Boolean twice = table(event.persistenceId()).put(event.sequenceNumber(), false);
                assertThat(twice).isNull();
            }
            move.needed().forEach(this::make);
            moved = move.upTo(moved);
            tail.remove(move);
        }

        private NavigableMap<Long, Boolean> table(String id) {
            return requireNonNull(events.get(id));
        }

        private void make(TableChange change) {
            if (change instanceof TableChange.StoreSnapshot stored) {
                snapshots.put(
                        stored.snapshot().persistenceId(), stored.snapshot().sequenceNumber());
            } else if (change instanceof TableChange.DeleteEvents deletion) {
                NavigableMap<Long, Boolean> table = table(deletion.id());
                table.headMap(deletion.to(), true).replaceAll((number, deleted) -> true);
                if (!table.isEmpty()) {
                    long last = table.lastKey();
                    table.keySet().removeIf(it -> it <= deletion.to() && it < last);
                }
            }
        }

        void losePower(String when) {
            long kept = Math.max(forced, moved);
            Map<String, Long> durable = new HashMap<>();
            for (LogRecord record : log.subList(0, (int) kept)) {
                record.events().forEach(it -> durable.put(it.persistenceId(), it.sequenceNumber()));
            }
            TableMove.of(log.subList((int) moved, (int) kept))
                    .events()
                    .forEach(it -> table(it.persistenceId()).put(it.sequenceNumber(), false));
            IDS.forEach(
                    id -> check(id, durable.getOrDefault(id, 0L), "%s, %s".formatted(id, when)));
        }

        private void check(String id, long last, String what) {
            long from = snapshots.getOrDefault(id, 0L);
            assertThat(from).as("snapshot of %s", what).isLessThanOrEqualTo(last);
            List<Long> replayed =
                    table(id).tailMap(from, false).entrySet().stream()
                            .filter(event -> !event.getValue())
                            .map(Map.Entry::getKey)
                            .toList();
            assertThat(replayed)
                    .as("events of %s", what)
                    .isEqualTo(LongStream.rangeClosed(from + 1, last).boxed().toList());
            if (last > 0) {
                assertThat(table(id).lastKey()).as("last of %s", what).isEqualTo(last);
            }
        }
    }
}
