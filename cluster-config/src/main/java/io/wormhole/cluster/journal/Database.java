package io.wormhole.cluster.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.wormhole.cluster.journal.DatabaseRefused.Kind;
import io.wormhole.cluster.journal.DatabaseSettings.H2File;
import io.wormhole.cluster.journal.DatabaseSettings.PostgreSql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The one opened database of a process, with the tables of the journal and one pool of connections
 * that Pekko Persistence and other stores share.
 *
 * <p>It is opened before the actor system and closed after it. Other stores may create tables of
 * their own through {@link #dataSource()}; the names of the journal's are {@code event_journal},
 * {@code snapshot} and {@code journal_log}, and {@code event_tag} on a server.
 */
public final class Database implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** With less space than this, trouble with a file is trouble with the disk. */
    private static final long LEAST_FREE_BYTES = 256 * 1024;

    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final EventTable events;
    private final @Nullable EventLog log;
    private final @Nullable H2Upkeep upkeep;

    private Database(
            DatabaseSettings settings,
            HikariDataSource pool,
            @Nullable EventLog log,
            @Nullable H2Upkeep upkeep) {
        this.settings = settings;
        this.pool = pool;
        this.events = new EventTable(pool);
        this.log = log;
        this.upkeep = upkeep;
    }

    /**
     * Opens the database, creating it and the journal's tables where they are missing.
     *
     * @throws DatabaseRefused when it is locked, damaged, unreachable or cannot be written
     */
    public static Database open(DatabaseSettings settings) {
        return settings instanceof H2File file ? openFile(file) : openServer((PostgreSql) settings);
    }

    private static Database openFile(H2File file) {
        H2Witness witness = H2Witness.of(file);
        ForcedFiles.register();
        // The first connection tells what is wrong in the driver's own words, the pool would not.
        try {
            witness.checkFile();
            witness.checkVersion();
            try (Connection first = connect(file)) {
                apply("wormhole-journal-h2.sql", first);
                H2Upkeep upkeep = H2Upkeep.start(first, witness);
                return openLogged(file, upkeep);
            }
        } catch (SQLException e) {
            throw refused(file, e);
        } catch (IOException | MVStoreException e) {
            throw refused(file, new SQLException(e.toString(), e));
        }
    }

    private static Database openLogged(H2File file, H2Upkeep upkeep)
            throws SQLException, IOException {
        HikariDataSource pool = pool(file);
        try {
            EventLog log = EventLog.open(file, new EventTable(pool));
            return new Database(file, pool, log, upkeep);
        } catch (SQLException | IOException | RuntimeException failed) {
            upkeep.close();
            pool.close();
            throw failed;
        }
    }

    private static DatabaseRefused refused(H2File file, SQLException failure) {
        try {
            Path directory = file.onDisk().toAbsolutePath().getParent();
            if (directory != null
                    && Files.getFileStore(directory).getUsableSpace() < LEAST_FREE_BYTES) {
                // H2 tells a full disk from a damaged file only sometimes.
                return DatabaseRefused.of(Kind.DISK_FULL, where(file), failure);
            }
        } catch (IOException unknown) {
            failure.addSuppressed(unknown);
        }
        return DatabaseRefused.of(where(file), failure);
    }

    private static Database openServer(PostgreSql server) {
        try (Connection first = connect(server)) {
            apply("wormhole-journal-postgresql.sql", first);
            return new Database(server, pool(server), null, null);
        } catch (SQLException e) {
            throw DatabaseRefused.of(where(server), e);
        }
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(url(settings), login(settings));
    }

    private static HikariDataSource pool(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("wormhole");
        config.setJdbcUrl(url(settings));
        config.setDataSourceProperties(login(settings));
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT.toMillis());
        return new HikariDataSource(config);
    }

    private static Properties login(DatabaseSettings settings) {
        Properties login = new Properties();
        if (settings instanceof PostgreSql server) {
            login.setProperty("user", server.user());
            login.setProperty("password", server.password().reveal());
            login.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        } else {
            // An embedded file needs no login: who can open the file can read it.
            login.setProperty("user", "wormhole");
            login.setProperty("password", "");
        }
        return login;
    }

    private static String url(DatabaseSettings settings) {
        if (settings instanceof PostgreSql server) {
            return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.name();
        }
        H2File file = (H2File) settings;
        String scheme = file.forceToDisk() ? ForcedFiles.SCHEME + ":" : "";
        return "jdbc:h2:"
                + scheme
                + file.file().toAbsolutePath()
                // Each commit is written when it returns.
                + ";WRITE_DELAY=0"
                // Space is used again at once, which is safe because writes arrive in order.
                + (file.forceToDisk() ? ";RETENTION_TIME=0" : "")
                // Compacting at the close, H2 2.2.224 may cut off a part that the newest state
                // lists, and then opens the file in an older one. H2Upkeep compacts it anyway.
                + ";MAX_COMPACT_TIME=0"
                // The process closes the database itself, after the actor system.
                + ";DB_CLOSE_ON_EXIT=FALSE"
                + ";CACHE_SIZE=8192"
                + ";MAX_LENGTH_INPLACE_LOB=65536"
                + ";DEFAULT_LOCK_TIMEOUT=10000"
                + ";TRACE_LEVEL_FILE=0";
    }

    private static String where(DatabaseSettings settings) {
        return settings instanceof H2File file ? file.onDisk().toString() : url(settings);
    }

    private static void apply(String schema, Connection connection) throws SQLException {
        try (InputStream in = Database.class.getResourceAsStream("/" + schema)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + schema);
            }
            try (Statement statement = connection.createStatement()) {
                for (String command : new String(in.readAllBytes(), UTF_8).split(";\\s*\n", -1)) {
                    if (!command.isBlank()) {
                        statement.execute(command);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the class path has an unreadable " + schema, e);
        }
    }

    /** The pool of connections; closing it is this object's business. */
    public DataSource dataSource() {
        return pool;
    }

    EventTable events() {
        return events;
    }

    /** The log in front of the table of events, which an embedded database has. */
    EventLog log() {
        if (log == null) {
            throw new IllegalStateException("a database server has no log of its own here");
        }
        return log;
    }

    /** What was opened. */
    public DatabaseSettings settings() {
        return settings;
    }

    /**
     * Asks the database for a sign of life.
     *
     * @return empty when it answers, otherwise one line that says what is wrong
     */
    public Optional<String> probe() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) CONNECT.toSeconds());
            statement.execute("SELECT \"sequence_number\" FROM \"event_journal\" LIMIT 1");
            return Optional.empty();
        } catch (SQLException e) {
            DatabaseRefused refused =
                    settings instanceof H2File file
                            ? refused(file, e)
                            : DatabaseRefused.of(where(settings), e);
            return Optional.of("" + refused.getMessage());
        }
    }

    /** Closes the pool, and with it an embedded database. */
    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        if (upkeep != null) {
            upkeep.close();
        }
        pool.close();
    }
}
