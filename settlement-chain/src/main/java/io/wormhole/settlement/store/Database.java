package io.wormhole.settlement.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.wormhole.cluster.journal.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * The database under a chain, embedded or on a server: opens it with clear errors, and runs reads
 * and writes.
 */
final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    /** The schema of a server's database in which the tables are. */
    private static final String SCHEMA = "settlement";

    // H2's own pages in memory: a sixteenth of the heap, so that they never crowd out the rest.
    private static final long MOST_CACHE_KIB = 64 * 1024;
    private static final long CACHE_KIB =
            Math.min(MOST_CACHE_KIB, Runtime.getRuntime().maxMemory() / 1024 / 16);

    // How long H2 gathers commits before it writes them; until then they are in the tail.
    private static final int WRITE_DELAY_MILLIS = 2_000;

    // As many as a store has; H2 would keep eight, and parse the others at each use.
    private static final int STATEMENTS_KEPT = 32;

    // Any number; it keeps a second node away from the same tables.
    private static final long ADVISORY_LOCK = 0x776f726d686f6c65L;

    private final Dialect dialect;
    private final HikariDataSource pool;
    private final String place;
    // Holds the lock on a server's tables for as long as it is open.
    private final Optional<Connection> guard;

    private Database(
            Dialect dialect, HikariDataSource pool, String place, Optional<Connection> guard) {
        this.dialect = dialect;
        this.pool = pool;
        this.place = place;
        this.guard = guard;
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
                        + CACHE_KIB
                        + ";QUERY_CACHE_SIZE="
                        + STATEMENTS_KEPT;
        // The first connection without the pool, whose errors would hide the cause.
        try (Connection first = DriverManager.getConnection(url)) {
            Schema.migrate(first, Dialect.H2);
            return new Database(Dialect.H2, pool(url, new Properties()), path, Optional.empty());
        } catch (SQLException failure) {
            throw openingFailed(path, failure);
        }
    }

    /** Opens or makes the tables in a schema of their own on a server. */
    static Database open(DatabaseSettings.PostgreSql server) {
        String place = server.host() + ":" + server.port() + "/" + server.name();
        String url = "jdbc:postgresql://" + place;
        Properties login = new Properties();
        login.setProperty("user", server.user());
        login.setProperty("password", server.password().reveal());
        login.setProperty("connectTimeout", "5");
        login.setProperty("currentSchema", SCHEMA);
        login.setProperty("reWriteBatchedInserts", "true");
        try {
            Connection guard = DriverManager.getConnection(url, login);
            try {
                lock(guard, place);
                try (Statement statement = guard.createStatement()) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
                }
                Schema.migrate(guard, Dialect.POSTGRESQL);
                return new Database(
                        Dialect.POSTGRESQL, pool(url, login), place, Optional.of(guard));
            } catch (SQLException | RuntimeException refused) {
                guard.close();
                throw refused;
            }
        } catch (SQLException failure) {
            throw new StoreException(
                    StoreException.Kind.READ_FAILED,
                    "the chain database " + place + " cannot be opened: " + failure.getMessage(),
                    failure);
        }
    }

    private static void lock(Connection guard, String place) throws SQLException {
        try (PreparedStatement select = guard.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            select.setLong(1, ADVISORY_LOCK);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    throw new StoreException(
                            StoreException.Kind.LOCKED,
                            "the chain database "
                                    + place
                                    + " is in use by another node: stop that one, or use another database");
                }
            }
        }
    }

    private static HikariDataSource pool(String url, Properties login) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(login);
        config.setPoolName("chain-store");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Where the database is, for messages. */
    String place() {
        return place;
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
            case ErrorCode.IO_EXCEPTION_1,
                    ErrorCode.IO_EXCEPTION_2,
                    ErrorCode.DATABASE_IS_READ_ONLY ->
                    new StoreException(
                            StoreException.Kind.WRITE_FAILED,
                            "the chain database "
                                    + path
                                    + " cannot be opened for writing (disk full, read-only, or no permission?): "
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
            if (isOfWriting(failure)) {
                throw writeFailed(failure);
            }
            throw new StoreException(
                    StoreException.Kind.READ_FAILED,
                    "the chain database " + place + " cannot be read: " + failure.getMessage(),
                    failure);
        }
    }

    /** H2 writes behind its clients' backs, too; whoever comes next is told of the failure. */
    private static boolean isOfWriting(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof MVStoreException store
                    && store.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
                return true;
            }
        }
        return false;
    }

    private StoreException writeFailed(SQLException failure) {
        return new StoreException(
                StoreException.Kind.WRITE_FAILED,
                "the chain database "
                        + place
                        + " cannot be written (is the disk full, or read-only?): "
                        + failure.getMessage(),
                failure);
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
            throw writeFailed(failure);
        }
    }

    /** Forces all that was written to the disk; a server does so at every commit. */
    void force() {
        if (dialect != Dialect.H2) {
            return;
        }
        write(
                on -> {
                    try (Statement statement = on.createStatement()) {
                        return statement.execute("CHECKPOINT SYNC");
                    }
                });
    }

    /** Closes an embedded database and writes its file anew, without what is not used. */
    void compact() {
        if (dialect != Dialect.H2) {
            return;
        }
        pool.close();
        try (Connection last = DriverManager.getConnection(pool.getJdbcUrl());
                Statement statement = last.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        } catch (SQLException failure) {
            if (failure.getErrorCode() != ErrorCode.DATABASE_IS_CLOSED) {
                throw new StoreException(
                        StoreException.Kind.WRITE_FAILED,
                        "the chain database "
                                + place
                                + " cannot be written anew (is the disk full, or read-only?): "
                                + failure.getMessage(),
                        failure);
            }
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
        try {
            if (guard.isPresent()) {
                guard.get().close();
            }
        } catch (SQLException failure) {
            throw new StoreException(
                    StoreException.Kind.READ_FAILED,
                    "the connection to " + place + " cannot be closed: " + failure.getMessage(),
                    failure);
        }
    }
}
