package io.wormhole.cluster.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
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
    // The database reads all rows between for this, so it is asked about as few as possible.
    private static final String HIGHEST =
            "SELECT MAX(\"sequence_number\") FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                    + " AND \"sequence_number\" >= ?";
    private static final String BEYOND =
            "SELECT \"sequence_number\" FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                    + " AND \"sequence_number\" > ? LIMIT 1";
    private static final String DELETE =
            "DELETE FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                    + " AND \"sequence_number\" <= ?";
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
                for (TableChange change : move.needed()) {
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
        return highest(id, 0);
    }

    /** The same, quicker when it is known to be no less than this. */
    long highest(String id, long atLeast) throws SQLException {
        try (Connection connection = database.getConnection()) {
            OptionalLong highest = number(connection, HIGHEST, id, atLeast);
            return highest.isPresent() || atLeast <= 0
                    ? highest.orElse(0)
                    : number(connection, HIGHEST, id, 0).orElse(0);
        }
    }

    private static OptionalLong number(
            Connection connection, String question, String id, long number) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(question)) {
            query.setString(1, id);
            query.setLong(2, number);
            try (ResultSet row = query.executeQuery()) {
                boolean found = row.next() && row.getObject(1) != null;
                return found ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    // The last one of all stays as a mark of how far the numbers had come. To look for it takes as
    // long as there are events, so it is looked for only when it is among those to delete.
    private static void delete(Connection connection, String id, long to) throws SQLException {
        if (number(connection, BEYOND, id, to).isPresent()) {
            change(connection, DELETE, id, to);
            return;
        }
        OptionalLong last = number(connection, HIGHEST, id, 0);
        if (last.isPresent()) {
            change(connection, DELETE, id, last.getAsLong() - 1);
            change(connection, MARK, id, last.getAsLong());
        }
    }

    private static void change(Connection connection, String statement, String id, long to)
            throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(statement)) {
            change.setString(1, id);
            change.setLong(2, to);
            change.executeUpdate();
        }
    }
}
