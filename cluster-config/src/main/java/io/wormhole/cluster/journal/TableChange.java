package io.wormhole.cluster.journal;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** What is to happen to the tables besides the moving of events, in the order of its coming. */
sealed interface TableChange {
    /** The index of the log's record that must be in the table before, or with it. */
    long after();

    /** Complete when it is in the table. */
    CompletableFuture<Void> done();

    /** Room that it takes, at most. */
    default int bytes() {
        return 0;
    }

    /** Events up to a number are not needed any more. */
    record DeleteEvents(String id, long to, long after, CompletableFuture<Void> done)
            implements TableChange {}

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
