package io.wormhole.settlement.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The embedded database: opens it with clear errors, and runs reads and durable writes. */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int RETENTION_MILLIS = 5_000;

    // Without a write delay H2 does not rewrite half-empty blocks by itself, and the file would grow
    // by 40 KB with every commit.
    private static final int WRITES_PER_COMPACTION = 16;
    private static final int FILL_PERCENT = 70;
    private static final int COMPACTION_BYTES = 4 * 1024 * 1024;

    private final HikariDataSource pool;
    private final String place;
    private final MVStore file;
    private final AtomicInteger writes = new AtomicInteger();

    private Database(HikariDataSource pool, String place, MVStore file) {
        this.pool = pool;
        this.place = place;
        this.file = file;
    }

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Opens or makes a database.
     *
     * @param path H2's file path, without its suffix {@code .mv.db}
     */
    static Database open(String path) {
        String url =
                "jdbc:h2:"
                        + path
                        // A commit writes when it returns; space is used again soon, which is safe
                        // because a commit forces the file before the next one begins.
                        + ";WRITE_DELAY=0;RETENTION_TIME="
                        + RETENTION_MILLIS
                        + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=0;TRACE_LEVEL_FILE=0;CACHE_SIZE="
                        + CACHE_KIB;
        // The first connection without the pool, whose errors would hide the cause.
        try (Connection first = DriverManager.getConnection(url)) {
            Schema.migrate(first);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setPoolName("chain-store");
            config.setMaximumPoolSize(CONNECTIONS);
            config.setMinimumIdle(1);
            return new Database(new HikariDataSource(config), path, fileOf(first));
        } catch (SQLException failure) {
            throw openingFailed(path, failure);
        }
    }

    private static MVStore fileOf(Connection connection) throws SQLException {
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }

    private static StoreException openingFailed(String path, SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    new StoreException(
                            StoreException.Kind.LOCKED,
                            "the chain database "
                                    + path
                                    + " is in use by another node: stop that one, or use another data directory",
                            failure);
            case ErrorCode.FILE_VERSION_ERROR_1 ->
                    new StoreException(
                            StoreException.Kind.NEWER_SCHEMA,
                            "the chain database "
                                    + path
                                    + " has a file format that this program does not know",
                            failure);
            case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
                    new StoreException(
                            StoreException.Kind.WRITE_FAILED,
                            "the chain database "
                                    + path
                                    + " cannot be opened for writing (disk full, or no permission?): "
                                    + failure.getMessage(),
                            failure);
            default ->
                    new StoreException(
                            StoreException.Kind.DAMAGED,
                            "the chain database "
                                    + path
                                    + " is damaged: move it away, then the node fetches the chain from its peers again ("
                                    + failure.getMessage()
                                    + ")",
                            failure);
        };
    }

    <T> T read(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException failure) {
            throw new StoreException(
                    StoreException.Kind.READ_FAILED,
                    "the chain database " + place + " cannot be read: " + failure.getMessage(),
                    failure);
        }
    }

    /** Runs {@code work} as one transaction, which is on the disk when this returns. */
    void write(Work<?> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection);
                throw failure;
            }
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                // H2 writes in the background otherwise, and a kill would lose what is
                // acknowledged.
                statement.execute("CHECKPOINT SYNC");
            }
        } catch (SQLException failure) {
            throw new StoreException(
                    StoreException.Kind.WRITE_FAILED,
                    "the chain database "
                            + place
                            + " cannot be written (is the disk full?): "
                            + failure.getMessage(),
                    failure);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            // The first failure is the one to tell; a broken database forgets the work anyway.
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
