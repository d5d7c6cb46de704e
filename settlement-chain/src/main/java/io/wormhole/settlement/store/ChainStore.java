package io.wormhole.settlement.store;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.merkle.NodeSource;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.consensus.IndexedBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain on disk; for many readers and one writer. Every method blocks, so call it off the
 * default dispatcher. Everything that fails does so with a {@link StoreException}.
 */
public final class ChainStore implements NodeSource, AutoCloseable {
    private static final int PART_BYTES = 512 * 1024;
    private static final int BODY = 0;
    private static final int FACTS = 1;

    // About two thousand small blocks; H2 has never been seen to lose more than a dozen commits.
    private static final long TAIL_BYTES = 4L << 20;

    private final Database database;
    private final Tail tail;
    private final NodeLru recent;
    private final List<Bytes> unsettled = new ArrayList<>();

    private ChainStore(Database database, Tail tail, long cacheBytes) {
        this.database = database;
        this.tail = tail;
        this.recent = new NodeLru(cacheBytes);
    }

    /**
     * Opens the store of a node, or makes an empty one.
     *
     * @param file the database file without H2's suffix {@code .mv.db}
     * @param network the network that it must belong to
     * @param cacheBytes how much memory recently used state nodes may take
     */
    public static ChainStore open(Path file, NetworkId network, long cacheBytes) {
        return open("file:" + file.toAbsolutePath(), network, cacheBytes);
    }

    static ChainStore open(String h2Path, NetworkId network, long cacheBytes) {
        Database database = Database.open(h2Path);
        try {
            claim(database, network, h2Path);
            ChainStore store =
                    new ChainStore(database, Tail.open(h2Path, network, TAIL_BYTES), cacheBytes);
            store.readTail();
            return store;
        } catch (IOException failure) {
            database.close();
            throw new StoreException(
                    StoreException.Kind.READ_FAILED,
                    "the files beside the chain database "
                            + h2Path
                            + " cannot be used: "
                            + failure.getMessage(),
                    failure);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    private void readTail() throws IOException {
        for (Tail.Entry entry : tail.entries()) {
            if (entry.kind() == Tail.BLOCK) {
                unsettled.add(entry.content());
            } else if (entry.kind() == Tail.VOTE) {
                restore(CanonicalReader.decode(entry.content(), VoteRecord::readFrom));
            }
        }
    }

    private void restore(VoteRecord vote) {
        boolean isKnown =
                lastVote(vote.validator())
                        .filter(last -> last.targetEpoch() >= vote.targetEpoch())
                        .isPresent();
        if (!isKnown) {
            database.write(on -> insertVote(on, vote));
        }
    }

    /**
     * The last blocks that were stored, oldest first, to be imported again at the start: after a
     * kill the database may lack some of them. Each call but the first gives none.
     */
    public List<Bytes> takeLatest() {
        List<Bytes> latest = List.copyOf(unsettled);
        unsettled.clear();
        return latest;
    }

    private static void claim(Database database, NetworkId network, String path) {
        Optional<Bytes> owner = database.read(on -> Schema.readMeta(on, Schema.NETWORK));
        if (owner.isEmpty()) {
            database.write(
                    on -> {
                        Schema.writeMeta(on, Schema.NETWORK, network.genesis().bytes());
                        return true;
                    });
        } else if (!owner.get().equals(network.genesis().bytes())) {
            throw new StoreException(
                    StoreException.Kind.OTHER_NETWORK,
                    "the chain database "
                            + path
                            + " belongs to network "
                            + owner.get().toHex()
                            + ", the genesis file to "
                            + network
                            + ": use that network's genesis file, or another data directory");
        }
    }

    /** The head of the followed chain; empty before the first commit. */
    public Optional<Hash> head() {
        return database.read(on -> Schema.readMeta(on, Schema.HEAD)).map(Hash::new);
    }

    /** The last final block; empty before the first commit. */
    public Optional<Hash> finalBlock() {
        return database.read(on -> Schema.readMeta(on, Schema.FINAL)).map(Hash::new);
    }

    /** Header and place of a block, on any fork. */
    public Optional<StoredBlock> block(Hash hash) {
        return database.read(
                on -> {
                    try (PreparedStatement select =
                            on.prepareStatement(
                                    "SELECT total_work, justified_epoch, justified, final_epoch, final,"
                                            + " header, hash FROM block WHERE hash = ?")) {
                        select.setBytes(1, hash.bytes().toArray());
                        try (ResultSet rows = select.executeQuery()) {
                            return rows.next() ? Optional.of(stored(rows)) : Optional.empty();
                        }
                    }
                });
    }

    /** All blocks of all forks from {@code height} up, lowest first. */
    public List<StoredBlock> blocksFrom(long height) {
        return database.read(
                on -> {
                    try (PreparedStatement select =
                            on.prepareStatement(
                                    "SELECT total_work, justified_epoch, justified, final_epoch, final,"
                                            + " header, hash FROM block WHERE height >= ?"
                                            + " ORDER BY height, hash")) {
                        select.setLong(1, height);
                        List<StoredBlock> blocks = new ArrayList<>();
                        try (ResultSet rows = select.executeQuery()) {
                            while (rows.next()) {
                                blocks.add(stored(rows));
                            }
                        }
                        return blocks;
                    }
                });
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

    /** The whole encoding of a block, on any fork. */
    public Optional<Bytes> body(Hash hash) {
        return part(hash, BODY);
    }

    /** What the transactions of a stored block did. */
    public List<LedgerFact> facts(Hash hash) {
        return part(hash, FACTS)
                .map(FactCodec::decode)
                .orElseThrow(
                        () ->
                                new StoreException(
                                        StoreException.Kind.DAMAGED,
                                        "the chain database lacks the facts of block " + hash));
    }

    private Optional<Bytes> part(Hash hash, int kind) {
        return database.read(
                on -> {
                    try (PreparedStatement select =
                            on.prepareStatement(
                                    "SELECT content FROM part WHERE block = ? AND kind = ? ORDER BY place")) {
                        select.setBytes(1, hash.bytes().toArray());
                        select.setInt(2, kind);
                        return joined(select);
                    }
                });
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

    /** The block of the followed chain at a height; empty above the head. */
    public Optional<Hash> canonical(long height) {
        return canonical(height, 1).stream().findFirst();
    }

    /** At most {@code limit} blocks of the followed chain from a height up. */
    public List<Hash> canonical(long fromHeight, int limit) {
        return database.read(
                on -> {
                    try (PreparedStatement select =
                            on.prepareStatement(
                                    "SELECT hash FROM canonical WHERE height >= ? ORDER BY height"
                                            + " FETCH FIRST ? ROWS ONLY")) {
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
                });
    }

    /** Where the followed chain has a transaction. */
    public Optional<Inclusion> inclusion(Hash transaction) {
        return database.read(
                on -> {
                    try (PreparedStatement select =
                            on.prepareStatement(
                                    "SELECT c.hash, c.height, i.place FROM inclusion i"
                                            + " JOIN block b ON b.hash = i.block"
                                            + " JOIN canonical c ON c.height = b.height AND c.hash = b.hash"
                                            + " WHERE i.transaction_id = ?")) {
                        select.setBytes(1, transaction.bytes().toArray());
                        try (ResultSet rows = select.executeQuery()) {
                            return rows.next()
                                    ? Optional.of(
                                            new Inclusion(
                                                    hash(rows.getBytes(1)),
                                                    rows.getLong(2),
                                                    rows.getInt(3)))
                                    : Optional.empty();
                        }
                    }
                });
    }

    /** A state node; also those of states long past. */
    @Override
    public Optional<Bytes> node(Hash hash) {
        Optional<Bytes> cached = recent.find(hash);
        if (cached.isPresent()) {
            return cached;
        }
        Optional<Bytes> read =
                database.read(
                        on -> {
                            try (PreparedStatement select =
                                    on.prepareStatement(
                                            "SELECT content FROM node WHERE hash = ?")) {
                                select.setBytes(1, hash.bytes().toArray());
                                return joined(select);
                            }
                        });
        read.ifPresent(content -> recent.keep(hash, content));
        return read;
    }

    /** Stores a block, and how the followed chain changes with it, as one. */
    public void commit(BlockCommit block, Optional<CanonicalChange> change) {
        append(Tail.BLOCK, block.block());
        restore(block, change);
        turnTail();
    }

    private void append(byte kind, Bytes content) {
        try {
            tail.append(kind, content);
        } catch (IOException failure) {
            throw tailFailed(failure);
        }
    }

    private static StoreException tailFailed(IOException failure) {
        return new StoreException(
                StoreException.Kind.WRITE_FAILED,
                "the chain database cannot be written (is the disk full?): " + failure.getMessage(),
                failure);
    }

    private void turnTail() {
        try {
            if (tail.isFull()) {
                database.force();
                tail.turn();
                // Whatever happens to the database, no vote is forgotten.
                for (VoteRecord vote : lastVotes()) {
                    tail.append(Tail.VOTE, vote.encoded());
                }
            }
        } catch (IOException failure) {
            throw tailFailed(failure);
        }
    }

    /** The same as {@link #commit} for one of {@link #takeLatest}. */
    public void restore(BlockCommit block, Optional<CanonicalChange> change) {
        database.write(
                on -> {
                    insertBlock(on, block);
                    insertParts(on, block.index().hash(), BODY, block.block());
                    insertParts(on, block.index().hash(), FACTS, FactCodec.encode(block.facts()));
                    insertInclusions(on, block);
                    insertNodes(on, block.nodes());
                    if (change.isPresent()) {
                        apply(on, change.get());
                    }
                    return true;
                });
        block.nodes().forEach(recent::keep);
    }

    private static void insertBlock(Connection on, BlockCommit block) throws SQLException {
        try (PreparedStatement insert =
                on.prepareStatement(
                        "MERGE INTO block (hash, height, parent, total_work, justified_epoch, justified,"
                                + " final_epoch, final, header) KEY (hash) VALUES (?,?,?,?,?,?,?,?,?)")) {
            IndexedBlock index = block.index();
            insert.setBytes(1, bytes(index.hash()));
            insert.setLong(2, index.height());
            insert.setBytes(3, bytes(index.parent()));
            insert.setBytes(4, index.totalWork().toByteArray());
            insert.setLong(5, index.justified().epoch());
            insert.setBytes(6, bytes(index.justified().blockHash()));
            insert.setLong(7, index.finalised().epoch());
            insert.setBytes(8, bytes(index.finalised().blockHash()));
            insert.setBytes(9, block.header().encoded().toArray());
            insert.executeUpdate();
        }
    }

    private static void insertParts(Connection on, Hash block, int kind, Bytes content)
            throws SQLException {
        try (PreparedStatement insert =
                on.prepareStatement(
                        "MERGE INTO part (block, kind, place, content) KEY (block, kind, place)"
                                + " VALUES (?,?,?,?)")) {
            for (int place = 0; place * PART_BYTES < content.size(); place++) {
                int from = place * PART_BYTES;
                int to = Math.min(content.size(), from + PART_BYTES);
                insert.setBytes(1, bytes(block));
                insert.setInt(2, kind);
                insert.setInt(3, place);
                insert.setBytes(4, content.slice(from, to).toArray());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertInclusions(Connection on, BlockCommit block) throws SQLException {
        try (PreparedStatement insert =
                on.prepareStatement(
                        "MERGE INTO inclusion (transaction_id, block, place)"
                                + " KEY (transaction_id, block) VALUES (?,?,?)")) {
            int place = 0;
            for (Hash transaction : block.transactions()) {
                insert.setBytes(1, bytes(transaction));
                insert.setBytes(2, bytes(block.index().hash()));
                insert.setInt(3, place++);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertNodes(Connection on, Map<Hash, Bytes> nodes) throws SQLException {
        try (PreparedStatement insert =
                on.prepareStatement("MERGE INTO node (hash, content) KEY (hash) VALUES (?,?)")) {
            for (Map.Entry<Hash, Bytes> node : nodes.entrySet()) {
                insert.setBytes(1, bytes(node.getKey()));
                insert.setBytes(2, node.getValue().toArray());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void apply(Connection on, CanonicalChange change) throws SQLException {
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
        Schema.writeMeta(on, Schema.HEAD, change.head().bytes());
        Schema.writeMeta(on, Schema.FINAL, change.finalHash().bytes());
    }

    /** The last vote that {@code validator} signed on this database, by target epoch. */
    public Optional<VoteRecord> lastVote(Address validator) {
        return database.read(
                on -> {
                    try (PreparedStatement select =
                            on.prepareStatement(
                                    "SELECT source_epoch, target_epoch, signed FROM vote WHERE validator = ?"
                                            + " ORDER BY target_epoch DESC FETCH FIRST ROW ONLY")) {
                        select.setBytes(1, bytes(validator.hash()));
                        try (ResultSet rows = select.executeQuery()) {
                            return rows.next()
                                    ? Optional.of(
                                            new VoteRecord(
                                                    validator,
                                                    rows.getLong(1),
                                                    rows.getLong(2),
                                                    Bytes.of(rows.getBytes(3))))
                                    : Optional.empty();
                        }
                    }
                });
    }

    private List<VoteRecord> lastVotes() {
        List<Address> validators =
                database.read(
                        on -> {
                            try (PreparedStatement select =
                                            on.prepareStatement(
                                                    "SELECT DISTINCT validator FROM vote");
                                    ResultSet rows = select.executeQuery()) {
                                List<Address> found = new ArrayList<>();
                                while (rows.next()) {
                                    found.add(new Address(hash(rows.getBytes(1))));
                                }
                                return found;
                            }
                        });
        return validators.stream().flatMap(validator -> lastVote(validator).stream()).toList();
    }

    /** Stores a vote; it may be sent when this returns. Refuses a second one for an epoch. */
    public void recordVote(VoteRecord vote) {
        if (lastVote(vote.validator())
                .filter(last -> last.targetEpoch() >= vote.targetEpoch())
                .isPresent()) {
            throw new StoreException(
                    StoreException.Kind.WRITE_FAILED,
                    "a vote for epoch " + vote.targetEpoch() + " or a later one is stored already");
        }
        append(Tail.VOTE, vote.encoded());
        database.write(on -> insertVote(on, vote));
    }

    private static int insertVote(Connection on, VoteRecord vote) throws SQLException {
        try (PreparedStatement insert =
                on.prepareStatement(
                        "INSERT INTO vote (validator, target_epoch, source_epoch, signed)"
                                + " VALUES (?,?,?,?)")) {
            insert.setBytes(1, bytes(vote.validator().hash()));
            insert.setLong(2, vote.targetEpoch());
            insert.setLong(3, vote.sourceEpoch());
            insert.setBytes(4, vote.signed().toArray());
            return insert.executeUpdate();
        }
    }

    private static byte[] bytes(Hash hash) {
        return hash.bytes().toArray();
    }

    private static Hash hash(byte @Nullable [] content) {
        if (content == null) {
            throw new StoreException(StoreException.Kind.DAMAGED, "a hash is missing");
        }
        return new Hash(Bytes.of(content));
    }

    /** Closes the database; what was stored stays. */
    @Override
    public void close() {
        database.close();
        try {
            tail.close();
        } catch (IOException failure) {
            throw tailFailed(failure);
        }
    }
}
