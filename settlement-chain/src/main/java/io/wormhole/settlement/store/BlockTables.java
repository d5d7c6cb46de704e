package io.wormhole.settlement.store;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.settlement.consensus.IndexedBlock;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on the tables of blocks and state nodes. */
final class BlockTables {
    static final int BODY = 0;
    static final int FACTS = 1;

    /** What follows {@link #BODY}; older programs wrote both as one. */
    static final int WITNESS = 2;

    private static final int MOST_IN_BATCH = 2_000;
    private static final String COLUMNS =
            "SELECT total_work, justified_epoch, justified, final_epoch, final, header, hash"
                    + " FROM block ";

    private BlockTables() {}

    static Optional<StoredBlock> block(Connection on, Hash hash) throws SQLException {
        try (PreparedStatement select = on.prepareStatement(COLUMNS + "WHERE hash = ?")) {
            select.setBytes(1, bytes(hash));
            return blocks(select).stream().findFirst();
        }
    }

    static List<StoredBlock> blocks(Connection on, long fromHeight, long toHeight)
            throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        COLUMNS + "WHERE height >= ? AND height <= ? ORDER BY height, hash")) {
            select.setLong(1, fromHeight);
            select.setLong(2, toHeight);
            return blocks(select);
        }
    }

    private static List<StoredBlock> blocks(PreparedStatement select) throws SQLException {
        List<StoredBlock> blocks = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                blocks.add(stored(rows));
            }
        }
        return blocks;
    }

    private static StoredBlock stored(ResultSet row) throws SQLException {
        BlockHeader header =
                CanonicalReader.decode(Bytes.of(row.getBytes(6)), BlockHeader::readFrom);
        IndexedBlock index =
                new IndexedBlock(
                        hash(row.getBytes(7)),
                        header.previous(),
                        header.height().value(),
                        new BigInteger(row.getBytes(1)),
                        new Checkpoint(row.getLong(2), hash(row.getBytes(3))),
                        new Checkpoint(row.getLong(4), hash(row.getBytes(5))));
        return new StoredBlock(index, header);
    }

    static Optional<Bytes> part(Connection on, Hash block, int kind) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        "SELECT content FROM part WHERE block = ? AND kind = ? ORDER BY place")) {
            select.setBytes(1, bytes(block));
            select.setInt(2, kind);
            return joined(select);
        }
    }

    /** A block with its witness. */
    static Optional<Bytes> body(Connection on, Hash block) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        "SELECT content FROM part WHERE block = ? AND kind IN (?, ?)"
                                + " ORDER BY kind, place")) {
            select.setBytes(1, bytes(block));
            select.setInt(2, BODY);
            select.setInt(3, WITNESS);
            return joined(select);
        }
    }

    static Optional<Bytes> node(Connection on, Hash hash) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement("SELECT content FROM node WHERE hash = ?")) {
            select.setBytes(1, bytes(hash));
            return joined(select);
        }
    }

    private static Optional<Bytes> joined(PreparedStatement select) throws SQLException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean isFound = false;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                isFound = true;
                content.writeBytes(rows.getBytes(1));
            }
        }
        return isFound ? Optional.of(Bytes.of(content.toByteArray())) : Optional.empty();
    }

    static List<Hash> canonical(Connection on, long fromHeight, int limit) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        "SELECT hash FROM canonical WHERE height >= ? ORDER BY height LIMIT ?")) {
            select.setLong(1, fromHeight);
            select.setInt(2, limit);
            List<Hash> hashes = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    hashes.add(hash(rows.getBytes(1)));
                }
            }
            return hashes;
        }
    }

    static Optional<Inclusion> inclusion(Connection on, Hash transaction) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        "SELECT c.hash, c.height, i.place FROM inclusion i"
                                + " JOIN block b ON b.hash = i.block"
                                + " JOIN canonical c ON c.height = b.height AND c.hash = b.hash"
                                + " WHERE i.transaction_id = ?")) {
            select.setBytes(1, bytes(transaction));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Inclusion(
                                        hash(rows.getBytes(1)), rows.getLong(2), rows.getInt(3)))
                        : Optional.empty();
            }
        }
    }

    /** The height of a block of the followed chain. */
    static Optional<Long> followedHeight(Connection on, Hash block) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement(
                        "SELECT c.height FROM block b JOIN canonical c"
                                + " ON c.height = b.height AND c.hash = b.hash WHERE b.hash = ?")) {
            select.setBytes(1, bytes(block));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        }
    }

    static void apply(Connection on, CanonicalChange change) throws SQLException {
        try (PreparedStatement delete =
                on.prepareStatement("DELETE FROM canonical WHERE height >= ?")) {
            delete.setLong(1, change.fromHeight());
            delete.executeUpdate();
        }
        try (PreparedStatement insert =
                on.prepareStatement("INSERT INTO canonical (height, hash) VALUES (?,?)")) {
            long height = change.fromHeight();
            for (Hash hash : change.hashes()) {
                insert.setLong(1, height++);
                insert.setBytes(2, bytes(hash));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Deletes nodes that no block above {@code height} has written. */
    static void deleteNodes(Connection on, Collection<Hash> nodes, long height)
            throws SQLException {
        try (PreparedStatement delete =
                on.prepareStatement("DELETE FROM node WHERE hash = ? AND written <= ?")) {
            int waiting = 0;
            for (Hash node : nodes) {
                delete.setBytes(1, bytes(node));
                delete.setLong(2, height);
                delete.addBatch();
                if (++waiting % MOST_IN_BATCH == 0) {
                    delete.executeBatch();
                }
            }
            delete.executeBatch();
        }
    }

    /** Deletes all of a block but its header. */
    static void deleteParts(Connection on, Hash block) throws SQLException {
        for (String table : List.of("part", "inclusion")) {
            try (PreparedStatement delete =
                    on.prepareStatement("DELETE FROM " + table + " WHERE block = ?")) {
                delete.setBytes(1, bytes(block));
                delete.executeUpdate();
            }
        }
    }

    /** Deletes the bodies of all blocks from one height to another. */
    static void deleteBodies(Connection on, long fromHeight, long toHeight) throws SQLException {
        try (PreparedStatement delete =
                on.prepareStatement(
                        "DELETE FROM part WHERE kind IN (?, ?) AND block IN"
                                + " (SELECT hash FROM block WHERE height BETWEEN ? AND ?)")) {
            delete.setInt(1, BODY);
            delete.setInt(2, WITNESS);
            delete.setLong(3, fromHeight);
            delete.setLong(4, toHeight);
            delete.executeUpdate();
        }
    }

    /** All nodes above {@code after}, at most {@code limit}, in the order of their hashes. */
    static List<Hash> nodesAfter(Connection on, Hash after, int limit) throws SQLException {
        try (PreparedStatement select =
                on.prepareStatement("SELECT hash FROM node WHERE hash > ? ORDER BY hash LIMIT ?")) {
            select.setBytes(1, bytes(after));
            select.setInt(2, limit);
            List<Hash> hashes = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    hashes.add(hash(rows.getBytes(1)));
                }
            }
            return hashes;
        }
    }

    static byte[] bytes(Hash hash) {
        return hash.bytes().toArray();
    }

    static Hash hash(byte @Nullable [] content) {
        if (content == null) {
            throw new StoreException(StoreException.Kind.DAMAGED, "a hash is missing");
        }
        return new Hash(Bytes.of(content));
    }
}
