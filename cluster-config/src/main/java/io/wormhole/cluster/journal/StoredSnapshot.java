package io.wormhole.cluster.journal;

import org.apache.pekko.persistence.SnapshotMetadata;

/** One snapshot as the table holds it; its bytes only pass through. */
@SuppressWarnings("ArrayRecordComponent")
record StoredSnapshot(
        String persistenceId,
        long sequenceNumber,
        long timestamp,
        int serializerId,
        String serializerManifest,
        byte[] payload) {
    SnapshotMetadata metadata() {
        return new SnapshotMetadata(persistenceId, sequenceNumber, timestamp);
    }
}
