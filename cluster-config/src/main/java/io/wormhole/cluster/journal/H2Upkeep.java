package io.wormhole.cluster.journal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an H2 file needs in the background: rewriting half-empty blocks, and a note of how far it
 * has come.
 *
 * <p>H2 rewrites blocks itself only while it also delays writes. With a write delay of zero each
 * commit appends about 30 KB, and the file would grow by a gigabyte in 35 000 commits.
 */
final class H2Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2Upkeep.class);
    private static final int FILL_PERCENT = 70;
    private static final int WRITE_BYTES = 4 * 1024 * 1024;
    private static final long PERIOD_MILLIS = 500;

    private final MVStore store;
    private final H2Witness witness;
    private final ScheduledExecutorService thread;
    private long versionSeen;

    private H2Upkeep(MVStore store, H2Witness witness) {
        this.store = store;
        this.witness = witness;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread daemon = new Thread(task, "h2-upkeep");
                            daemon.setDaemon(true);
                            return daemon;
                        });
    }

    static H2Upkeep start(Connection connection, H2Witness witness)
            throws SQLException, IOException {
        H2Upkeep upkeep = new H2Upkeep(storeOf(connection), witness);
        witness.write(upkeep.writtenVersion());
        var unused =
                upkeep.thread.scheduleWithFixedDelay(
                        upkeep::work, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return upkeep;
    }

    static MVStore storeOf(Connection connection) throws SQLException {
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }

    /**
     * The newest version in the file; several later ones may be on their way, which are waited for.
     */
    private long writtenVersion() {
        AtomicLong written = new AtomicLong();
        store.executeFilestoreOperation(() -> written.set(store.getFileStore().lastChunkVersion()));
        return Math.max(0, written.get());
    }

    private void work() {
        if (store.getCurrentVersion() == versionSeen || store.isClosed()) {
            return;
        }
        try {
            store.compact(FILL_PERCENT, WRITE_BYTES);
            versionSeen = store.getCurrentVersion();
            witness.write(writtenVersion());
        } catch (MVStoreException | IOException e) {
            // The next commit meets the same trouble and reports it to somebody who waits for it.
            LOG.warn("upkeep of the database failed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(10, TimeUnit.SECONDS)) {
                work();
            } else {
                LOG.warn("upkeep of the database did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
