package io.wormhole.cluster.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The table of events and the note how much of the log it holds. */
final class EventTable {
    private static final String INSERT =
            "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"writer\","
                    + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\","
                    + " \"event_ser_manifest\", \"event_payload\") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String MOVED = "UPDATE \"journal_log\" SET \"moved\" = ?";
    private static final String REPLAY =
            "SELECT \"sequence_number\", \"writer\", \"write_timestamp\", \"adapter_manifest\","
                    + " \"event_ser_id\", \"event_ser_manifest\", \"event_payload\""
                    + " FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                    + " AND \"sequence_number\" BETWEEN ? AND ? AND \"deleted\" = FALSE"
                    + " ORDER BY \"sequence_number\" LIMIT ?";
    private static final String HIGHEST =
            "SELECT MAX(\"sequence_number\") FROM \"event_journal\" WHERE \"persistence_id\" = ?";
    private static final String DELETE =
            "DELETE FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                    + " AND \"sequence_number\" <= ? AND \"sequence_number\" <"
                    + " (SELECT MAX(\"sequence_number\") FROM \"event_journal\""
                    + " WHERE \"persistence_id\" = ?)";
    private static final String MARK =
            "UPDATE \"event_journal\" SET \"deleted\" = TRUE WHERE \"persistence_id\" = ?"
                    + " AND \"sequence_number\" <= ? AND \"deleted\" = FALSE";

    private final DataSource database;

    EventTable(DataSource database) {
        this.database = database;
    }

    /** Index of the last record that the table holds; -1 when there was never a log. */
    long moved() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement read =
                        connection.prepareStatement("SELECT \"moved\" FROM \"journal_log\"");
                ResultSet row = read.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    /** Notes that there is a log from now on. */
    void beginLog() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO \"journal_log\" (\"moved\") VALUES (0)")) {
            insert.executeUpdate();
        }
    }

    /** Stores events of the log, how far it is moved, and changes the rest, all or none. */
    void move(TableMove move) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                insert(connection, move);
                for (TableChange change : move.changes()) {
                    make(connection, change);
                }
                connection.commit();
            } catch (SQLException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void make(Connection connection, TableChange change) throws SQLException {
        if (change instanceof TableChange.DeleteEvents deletion) {
            delete(connection, deletion.id(), deletion.to());
        } else if (change instanceof TableChange.StoreSnapshot stored) {
            SnapshotTable.store(connection, stored.snapshot());
        } else if (change instanceof TableChange.DeleteSnapshots deletion) {
            SnapshotTable.delete(connection, deletion.id(), deletion.which());
        }
    }

    private static void insert(Connection connection, TableMove move) throws SQLException {
        if (!move.events().isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (StoredEvent event : move.events()) {
                    bind(insert, event);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
        if (!move.records().isEmpty()) {
            try (PreparedStatement moved = connection.prepareStatement(MOVED)) {
                moved.setLong(1, move.upTo(0));
                moved.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement insert, StoredEvent event) throws SQLException {
        insert.setString(1, event.persistenceId());
        insert.setLong(2, event.sequenceNumber());
        insert.setString(3, event.writer());
        insert.setLong(4, event.timestamp());
        insert.setString(5, event.adapterManifest());
        insert.setInt(6, event.serializerId());
        insert.setString(7, event.serializerManifest());
        insert.setBytes(8, event.payload());
    }

    void replay(String id, long from, long to, long most, Consumer<StoredEvent> each)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(REPLAY)) {
            query.setString(1, id);
            query.setLong(2, from);
            query.setLong(3, to);
            query.setLong(4, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    each.accept(
                            new StoredEvent(
                                    id,
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getString(4),
                                    row.getInt(5),
                                    row.getString(6),
                                    row.getBytes(7)));
                }
            }
        }
    }

    /** The highest sequence number ever stored, deleted or not; 0 for none. */
    long highest(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(HIGHEST)) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    // The last one of all stays as a mark of how far the numbers had come.
    private static void delete(Connection connection, String id, long to) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE);
                PreparedStatement mark = connection.prepareStatement(MARK)) {
            delete.setString(1, id);
            delete.setLong(2, to);
            delete.setString(3, id);
            delete.executeUpdate();
            mark.setString(1, id);
            mark.setLong(2, to);
            mark.executeUpdate();
        }
    }
}
