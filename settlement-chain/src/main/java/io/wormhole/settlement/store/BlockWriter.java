package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings blocks to the disk: into the tail before they count, and into the database with them; or
 * some hundreds later, when so many come that it would be most of the work. What has not come there
 * is {@link Gathered}. For many threads.
 */
final class BlockWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BlockWriter.class);

    // So many blocks at once come to a node that catches up, and more will follow.
    private static final int MANY = 4;
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Database database;
    private final StoreTail tail;
    private final StoredVotes votes;
    private final NodeLru recent;
    // Whoever changes it holds its lock.
    private final Gathered gathered = new Gathered();
    private long lastManyNanos = System.nanoTime() - SOON_NANOS;

    /**
     * A writer.
     *
     * @param recent keeps what was written at hand
     */
    BlockWriter(Database database, StoreTail tail, StoredVotes votes, NodeLru recent) {
        this.database = database;
        this.tail = tail;
        this.votes = votes;
        this.recent = recent;
    }

    /** What is not in the database yet, to be read. */
    Gathered gathered() {
        return gathered;
    }

    void add(BlockCommit block, Optional<CanonicalChange> change) {
        synchronized (gathered) {
            gathered.add(block, change);
            if (gathered.isMuchUnforced()) {
                settle();
            }
        }
    }

    /** The same for a block that is in the tail. */
    void addAgain(BlockCommit block, Optional<CanonicalChange> change) {
        synchronized (gathered) {
            gathered.add(block, change);
            gathered.allForced();
            if (gathered.isFull() || !tail.isKept()) {
                writeAll();
            }
        }
    }

    /** Forces what was added to the disk. */
    void settle() {
        synchronized (gathered) {
            if (force() >= MANY) {
                lastManyNanos = System.nanoTime();
            }
            boolean mayWait =
                    tail.isKept()
                            && System.nanoTime() - lastManyNanos < SOON_NANOS
                            && !gathered.isFull()
                            && !tail.isFull();
            if (!mayWait) {
                writeAll();
            }
        }
    }

    private int force() {
        List<Bytes> added = gathered.unforced();
        if (!added.isEmpty()) {
            synchronized (tail) {
                tail.append(Tail.BARE_BLOCK, added);
            }
            gathered.allForced();
        }
        return added.size();
    }

    /** Whether there is what the database gets later. */
    boolean isBehind() {
        synchronized (gathered) {
            return !gathered.isEmpty();
        }
    }

    /** Writes all that is not in the database. */
    void writeAll() {
        synchronized (gathered) {
            if (!gathered.isEmpty()) {
                force();
                write();
                gathered.clear();
                turnTail();
            }
        }
    }

    private void write() {
        Map<Hash, Gathered.StateNode> nodes = gathered.nodes();
        database.write(
                on -> {
                    deleteNodes(on, gathered.pruned());
                    new BlockRows(database.dialect(), on).write(gathered.blocks(), nodes);
                    deleteAbandoned(on, gathered.pruned());
                    Optional<CanonicalChange> change = gathered.change();
                    if (change.isPresent()) {
                        BlockTables.apply(on, change.get());
                        writeMeta(on, Schema.HEAD, change.get().head().bytes());
                        writeMeta(on, Schema.FINAL, change.get().finalHash().bytes());
                    }
                    return true;
                });
        nodes.forEach((hash, node) -> recent.keep(hash, node.content()));
    }

    private void turnTail() {
        synchronized (tail) {
            if (tail.isFull()) {
                database.force();
                tail.turn(votes.last());
            }
        }
    }

    /** Forgets states, those of one height after the other, as one. */
    void prune(List<PrunedHeight> heights) {
        synchronized (gathered) {
            if (!gathered.isEmpty()) {
                heights.forEach(gathered::prune);
                return;
            }
        }
        database.write(
                on -> {
                    deleteNodes(on, heights);
                    deleteAbandoned(on, heights);
                    return true;
                });
    }

    private static void deleteNodes(Connection on, List<PrunedHeight> heights) throws SQLException {
        for (PrunedHeight pruned : heights) {
            BlockTables.deleteNodes(on, pruned.stale(), pruned.height());
        }
    }

    private void deleteAbandoned(Connection on, List<PrunedHeight> heights) throws SQLException {
        for (PrunedHeight pruned : heights) {
            for (Hash block : pruned.abandoned()) {
                BlockTables.deleteParts(on, block);
            }
            writeMeta(on, Schema.PRUNED, Schema.number(pruned.height()));
        }
    }

    /** Forgets the bodies of all blocks from one height to another. */
    void pruneBodies(long fromHeight, long toHeight) {
        writeAll();
        database.write(
                on -> {
                    BlockTables.deleteBodies(on, fromHeight, toHeight);
                    writeMeta(on, Schema.PRUNED_BODIES, Schema.number(toHeight));
                    return true;
                });
    }

    private void writeMeta(Connection on, String name, Bytes content) throws SQLException {
        Schema.writeMeta(on, database.dialect(), name, content);
    }

    /** Writes what can be written; the rest is not lost. */
    void close() {
        try {
            writeAll();
        } catch (StoreException notNow) {
            // What was acknowledged is in the tail, from where the next start takes it.
            LOG.warn("The last blocks come from the tail next time: {}", notNow.getMessage());
        }
    }
}
