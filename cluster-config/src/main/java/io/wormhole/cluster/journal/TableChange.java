package io.wormhole.cluster.journal;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** What is to happen to the tables besides the moving of events, in the order of its coming. */
sealed interface TableChange {
    /** Index of the log's last record when it came; it is not durable before that one. */
    long after();

    /** Complete when it is in the table. */
    CompletableFuture<Void> done();

    /**
     * Whether it may be made with a move.
     *
     * @param moved index of the last record that is in the table then
     * @param forced index of the last record that is on the disk
     */
    default boolean isDue(long moved, long forced) {
        return after() <= Math.max(moved, forced);
    }

    /** Room that it takes, at most. */
    default int bytes() {
        return 0;
    }

    /**
     * Events up to a number are not needed any more.
     *
     * @param early whether a later event of the id was stored already. Then those that are not in
     *     the table need not come there. Otherwise the last one has to, marked as deleted, so that
     *     its number stays known.
     */
    record DeleteEvents(String id, long to, boolean early, long after, CompletableFuture<Void> done)
            implements TableChange {
        @Override
        public boolean isDue(long moved, long forced) {
            return after <= (early ? Math.max(moved, forced) : moved);
        }
    }

    /** A snapshot, which may be read from here before it is in the table. */
    record StoreSnapshot(StoredSnapshot snapshot, long after, CompletableFuture<Void> done)
            implements TableChange {
        @Override
        public int bytes() {
            return snapshot.payload().length;
        }
    }

    /** Snapshots of an id are not needed any more. */
    record DeleteSnapshots(
            String id, SnapshotSelectionCriteria which, long after, CompletableFuture<Void> done)
            implements TableChange {
        /** Whether it deletes a snapshot. */
        boolean deletes(StoredSnapshot snapshot) {
            return snapshot.persistenceId().equals(id) && matches(which, snapshot.metadata());
        }
    }

    /** Whether criteria choose a snapshot. */
    static boolean matches(SnapshotSelectionCriteria which, SnapshotMetadata snapshot) {
        return snapshot.sequenceNr() >= which.minSequenceNr()
                && snapshot.sequenceNr() <= which.maxSequenceNr()
                && snapshot.timestamp() >= which.minTimestamp()
                && snapshot.timestamp() <= which.maxTimestamp();
    }
}
