package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The tables, and the steps from each version of them to the next. */
final class Schema {
    /**
     * Step n makes version n + 1 of version n; a step that was released never changes. Each can be
     * repeated, so a crash within one does no harm.
     */
    private static final List<List<String>> STEPS =
            List.of(
                    List.of(
                            "CREATE TABLE IF NOT EXISTS block (hash BINARY(32) PRIMARY KEY, height BIGINT NOT NULL,"
                                    + " parent BINARY(32) NOT NULL, total_work VARBINARY(64) NOT NULL,"
                                    + " justified_epoch BIGINT NOT NULL, justified BINARY(32) NOT NULL,"
                                    + " final_epoch BIGINT NOT NULL, final BINARY(32) NOT NULL,"
                                    + " header VARBINARY(4096) NOT NULL)",
                            "CREATE INDEX IF NOT EXISTS block_height ON block (height)",
                            "CREATE TABLE IF NOT EXISTS part (block BINARY(32) NOT NULL, kind TINYINT NOT NULL,"
                                    + " place INT NOT NULL, content VARBINARY(1000000) NOT NULL,"
                                    + " PRIMARY KEY (block, kind, place))",
                            "CREATE TABLE IF NOT EXISTS node (hash BINARY(32) PRIMARY KEY,"
                                    + " content VARBINARY(1000000) NOT NULL)",
                            "CREATE TABLE IF NOT EXISTS canonical (height BIGINT PRIMARY KEY,"
                                    + " hash BINARY(32) NOT NULL)",
                            "CREATE TABLE IF NOT EXISTS inclusion (transaction_id BINARY(32) NOT NULL,"
                                    + " block BINARY(32) NOT NULL, place INT NOT NULL,"
                                    + " PRIMARY KEY (transaction_id, block))",
                            "CREATE TABLE IF NOT EXISTS vote (validator BINARY(32) NOT NULL,"
                                    + " target_epoch BIGINT NOT NULL, source_epoch BIGINT NOT NULL,"
                                    + " signed VARBINARY(4096) NOT NULL,"
                                    + " PRIMARY KEY (validator, target_epoch))"),
                    // Nodes of before may be in any state up to the head, so they count as its.
                    List.of(
                            "ALTER TABLE node ADD COLUMN IF NOT EXISTS written BIGINT DEFAULT 0 NOT NULL",
                            "UPDATE node SET written = (SELECT COALESCE(MAX(height), 0) FROM block)"),
                    // From here on a witness is a part of its own, too; a program that does not
                    // know
                    // that would take the rest for a whole block.
                    List.of(
                            "CREATE TABLE IF NOT EXISTS inclusion_run (run BIGINT PRIMARY KEY,"
                                    + " entries BIGINT NOT NULL, firsts VARBINARY(1000000) NOT NULL)",
                            "CREATE TABLE IF NOT EXISTS inclusion_chunk (run BIGINT NOT NULL,"
                                    + " chunk INT NOT NULL, content VARBINARY(1000000) NOT NULL,"
                                    + " PRIMARY KEY (run, chunk))"));

    static final String VERSION = "schema";
    static final String NETWORK = "network";
    static final String HEAD = "head";
    static final String FINAL = "final";

    /** The height up to which old states were pruned. */
    static final String PRUNED = "pruned";

    /** The height up to which the bodies of blocks were pruned. */
    static final String PRUNED_BODIES = "pruned-bodies";

    /** The version that this program makes. */
    static final int CURRENT = STEPS.size();

    private Schema() {}

    /** Makes or updates the tables; refuses those of a later version. */
    static void migrate(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    dialect.definition(
                            "CREATE TABLE IF NOT EXISTS meta (name VARCHAR(32) PRIMARY KEY,"
                                    + " content VARBINARY(4096) NOT NULL)"));
            int version = readMeta(connection, VERSION).map(Schema::versionIn).orElse(0);
            if (version > CURRENT) {
                throw new StoreException(
                        StoreException.Kind.NEWER_SCHEMA,
                        "the chain database has schema version "
                                + version
                                + ", this program knows up to "
                                + CURRENT
                                + ": use the newer program, or another data directory");
            }
            for (int step = version; step < CURRENT; step++) {
                for (String change : STEPS.get(step)) {
                    statement.execute(dialect.definition(change));
                }
                writeMeta(connection, dialect, VERSION, version(step + 1));
            }
        }
    }

    static Optional<Bytes> readMeta(Connection connection, String name) throws SQLException {
        try (var select = connection.prepareStatement("SELECT content FROM meta WHERE name = ?")) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(Bytes.of(rows.getBytes(1))) : Optional.empty();
            }
        }
    }

    static void writeMeta(Connection connection, Dialect dialect, String name, Bytes content)
            throws SQLException {
        String upsert = dialect.upsert("meta", List.of("name"), List.of("content"));
        try (var merge = connection.prepareStatement(upsert)) {
            merge.setString(1, name);
            merge.setBytes(2, content.toArray());
            merge.executeUpdate();
        }
    }

    static Bytes number(long value) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    static long numberIn(Bytes content) {
        return ByteBuffer.wrap(content.toArray()).getLong();
    }

    private static Bytes version(int value) {
        return Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    private static int versionIn(Bytes content) {
        return ByteBuffer.wrap(content.toArray()).getInt();
    }
}
