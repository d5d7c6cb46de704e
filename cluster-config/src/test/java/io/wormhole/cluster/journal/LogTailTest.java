package io.wormhole.cluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.junit.jupiter.api.Test;

class LogTailTest {
    private final LogTail tail = new LogTail();

    @Test
    void aSnapshotIsReadBeforeItIsInItsTable() {
        tail.store(snapshot("a", 10));
        tail.store(snapshot("a", 20));
        tail.store(snapshot("b", 30));

        assertThat(tail.snapshot("a", SnapshotSelectionCriteria.latest()))
                .map(StoredSnapshot::sequenceNumber)
                .contains(20L);
        assertThat(tail.snapshot("a", SnapshotSelectionCriteria.create(15, Long.MAX_VALUE)))
                .map(StoredSnapshot::sequenceNumber)
                .contains(10L);
    }

    @Test
    void aSnapshotReachesItsTableOnlyWithTheEventsThatItHolds() {
        tail.add(new LogRecord(1, 1, List.of(event(1))));
        tail.add(new LogRecord(2, 2, List.of(event(2))));
        tail.store(snapshot("a", 2));

        assertThat(tail.next(1).changes()).isEmpty();
        assertThat(tail.next(2).changes()).hasSize(1);
    }

    @Test
    void nothingIsDeletedBeforeTheSnapshotThatReplacesIt() {
        tail.add(new LogRecord(1, 1, List.of(event(1))));
        tail.store(snapshot("a", 1));
        var deleted = tail.delete("a", 1);

        List<TableChange> together = tail.next(1).changes();

        assertThat(together.get(0)).isInstanceOf(TableChange.StoreSnapshot.class);
        assertThat(together.get(1)).isInstanceOf(TableChange.DeleteEvents.class);
        assertThat(deleted).isNotDone();
    }

    @Test
    void aSnapshotThatIsNotNeededAnyMoreNeverReachesItsTable() {
        tail.store(snapshot("a", 10));
        tail.store(snapshot("a", 20));

        var deleted = tail.delete("a", SnapshotSelectionCriteria.create(10, Long.MAX_VALUE));

        assertThat(deleted).isNotDone();
        assertThat(tail.next(1).changes())
                .filteredOn(TableChange.StoreSnapshot.class::isInstance)
                .hasSize(1);
    }

    @Test
    void whatASnapshotReplacedNeedNotReachTheTable() {
        append(1, 2, 3);
        tail.store(snapshot("a", 2));
        var unused = tail.delete("a", 2);
        tail.forcedUpTo(3);

        TableMove first = tail.next(1);
        assertThat(first.records()).hasSize(1);
        assertThat(first.events()).isEmpty();
        assertThat(first.changes()).hasSize(2);

        tail.remove(first);
        assertThat(tail.next(1).events()).isEmpty();
        tail.remove(tail.next(1));
        assertThat(tail.next(1).events()).map(StoredEvent::sequenceNumber).containsExactly(3L);
    }

    @Test
    void aSnapshotDoesNotOvertakeWhatMayStillBeLost() {
        append(1, 2, 3);
        tail.forcedUpTo(1);
        tail.store(snapshot("a", 2));
        var unused = tail.delete("a", 2);

        TableMove first = tail.next(1);

        assertThat(first.events()).hasSize(1);
        assertThat(first.changes()).isEmpty();
    }

    @Test
    void theLastEventReachesTheTableBeforeItIsDeleted() {
        append(1, 2);
        tail.forcedUpTo(2);
        var unused = tail.delete("a", 2);

        assertThat(tail.next(1).changes()).isEmpty();
        assertThat(tail.next(2).events()).hasSize(2);
        assertThat(tail.next(2).changes()).hasSize(1);
    }

    @Test
    void ofSeveralSnapshotsTheNewestIsStored() {
        append(1, 2, 3, 4);
        tail.forcedUpTo(4);
        for (int number = 2; number <= 3; number++) {
            tail.store(snapshot("a", number));
            var unused = tail.delete("a", number);
        }

        List<TableChange> needed = tail.next(1).needed();

        assertThat(tail.next(1).changes()).hasSize(4);
        assertThat(needed).hasSize(2);
        assertThat(((TableChange.StoreSnapshot) needed.get(0)).snapshot().sequenceNumber())
                .isEqualTo(3);
        assertThat(((TableChange.DeleteEvents) needed.get(1)).to()).isEqualTo(3);
    }

    private void append(long... numbers) {
        for (long number : numbers) {
            tail.add(new LogRecord(number, number, List.of(event(number))));
        }
    }

    private static StoredSnapshot snapshot(String id, long number) {
        return new StoredSnapshot(id, number, 1_000 + number, 1, "", new byte[8]);
    }

    private static StoredEvent event(long number) {
        return new StoredEvent("a", number, "w", 0, "", 1, "", new byte[8]);
    }
}
