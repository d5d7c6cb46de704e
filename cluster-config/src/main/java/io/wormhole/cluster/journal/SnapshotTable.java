package io.wormhole.cluster.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** The table of snapshots of an embedded database. */
final class SnapshotTable {
    private static final String CHOSEN =
            "\"snapshot\" WHERE \"persistence_id\" = ? AND \"sequence_number\" BETWEEN ? AND ?"
                    + " AND \"created\" BETWEEN ? AND ?";
    private static final String NEWEST =
            "SELECT \"sequence_number\", \"created\", \"snapshot_ser_id\","
                    + " \"snapshot_ser_manifest\", \"snapshot_payload\" FROM "
                    + CHOSEN
                    + " ORDER BY \"sequence_number\" DESC LIMIT 1";
    private static final String DELETE = "DELETE FROM " + CHOSEN;
    private static final String STORE =
            "MERGE INTO \"snapshot\" (\"persistence_id\", \"sequence_number\", \"created\","
                    + " \"snapshot_ser_id\", \"snapshot_ser_manifest\", \"snapshot_payload\")"
                    + " KEY (\"persistence_id\", \"sequence_number\") VALUES (?, ?, ?, ?, ?, ?)";

    private final DataSource database;

    SnapshotTable(DataSource database) {
        this.database = database;
    }

    Optional<StoredSnapshot> newest(String id, SnapshotSelectionCriteria which)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(NEWEST)) {
            choose(query, id, which);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(snapshot(id, row)) : Optional.empty();
            }
        }
    }

    private static StoredSnapshot snapshot(String id, ResultSet row) throws SQLException {
        return new StoredSnapshot(
                id,
                row.getLong(1),
                row.getLong(2),
                row.getInt(3),
                row.getString(4),
                row.getBytes(5));
    }

    static void delete(Connection connection, String id, SnapshotSelectionCriteria which)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            choose(delete, id, which);
            delete.executeUpdate();
        }
    }

    static void store(Connection connection, StoredSnapshot snapshot) throws SQLException {
        try (PreparedStatement store = connection.prepareStatement(STORE)) {
            store.setString(1, snapshot.persistenceId());
            store.setLong(2, snapshot.sequenceNumber());
            store.setLong(3, snapshot.timestamp());
            store.setInt(4, snapshot.serializerId());
            store.setString(5, snapshot.serializerManifest());
            store.setBytes(6, snapshot.payload());
            store.executeUpdate();
        }
    }

    private static void choose(
            PreparedStatement statement, String id, SnapshotSelectionCriteria which)
            throws SQLException {
        statement.setString(1, id);
        statement.setLong(2, which.minSequenceNr());
        statement.setLong(3, which.maxSequenceNr());
        statement.setLong(4, which.minTimestamp());
        statement.setLong(5, which.maxTimestamp());
    }
}
