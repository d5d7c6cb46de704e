package io.wormhole.settlement.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.ErrorCode;

/** The embedded database: opens it with clear errors, and runs reads and durable writes. */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final int CACHE_KIB = 16 * 1024;

    // How long H2 gathers commits before it writes them; until then they are in the tail.
    private static final int WRITE_DELAY_MILLIS = 2_000;

    private final HikariDataSource pool;
    private final String place;

    private Database(HikariDataSource pool, String place) {
        this.pool = pool;
        this.place = place;
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
                        + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=0;TRACE_LEVEL_FILE=0;WRITE_DELAY="
                        + WRITE_DELAY_MILLIS
                        + ";CACHE_SIZE="
                        + CACHE_KIB;
        // The first connection without the pool, whose errors would hide the cause.
        try (Connection first = DriverManager.getConnection(url)) {
            Schema.migrate(first);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setPoolName("chain-store");
            config.setMaximumPoolSize(CONNECTIONS);
            config.setMinimumIdle(1);
            return new Database(new HikariDataSource(config), path);
        } catch (SQLException failure) {
            throw openingFailed(path, failure);
        }
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

    /** Runs {@code work} as one transaction, which is on the disk within seconds. */
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

    /** Forces all that was written to the disk. */
    void force() {
        write(
                on -> {
                    try (Statement statement = on.createStatement()) {
                        return statement.execute("CHECKPOINT SYNC");
                    }
                });
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
