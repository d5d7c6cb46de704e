package io.wormhole.settlement.store;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.merkle.NodeSource;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.block.BareBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The chain on disk; for many readers, one writer of blocks and one of votes. Every method blocks,
 * so call it off the default dispatcher. Everything that fails does so with a {@link
 * StoreException}.
 */
public final class ChainStore implements BlockStore, NodeSource, AutoCloseable {
    /** The version of the tables that this program makes; older ones are brought up to it. */
    public static final int SCHEMA_VERSION = Schema.CURRENT;

    private final Database database;
    private final StoreTail tail;
    private final StoredVotes votes;
    private final NodeLru recent;
    private final BlockWriter writer;
    private final Gathered gathered;
    private final InclusionSearch inclusions = new InclusionSearch();
    private final List<Bytes> unsettled = new ArrayList<>();

    private ChainStore(Database database, StoreTail tail, long cacheBytes) {
        this.database = database;
        this.tail = tail;
        this.votes = new StoredVotes(database, tail);
        this.recent = new NodeLru(cacheBytes);
        this.writer = new BlockWriter(database, tail, votes, recent);
        this.gathered = writer.gathered();
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

    /** Opens the store in a file or on a server, or makes an empty one. */
    public static ChainStore open(DatabaseSettings settings, NetworkId network, long cacheBytes) {
        if (settings instanceof DatabaseSettings.H2File file) {
            return open(file.file(), network, cacheBytes);
        }
        Database database = Database.open((DatabaseSettings.PostgreSql) settings);
        try {
            NetworkClaim.on(database, network);
            return new ChainStore(database, StoreTail.none(), cacheBytes);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    static ChainStore open(String h2Path, NetworkId network, long cacheBytes) {
        Database database = Database.open(h2Path);
        try {
            NetworkClaim.on(database, network);
            return withTail(database, StoreTail.beside(h2Path, network), cacheBytes);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    private static ChainStore withTail(Database database, StoreTail tail, long cacheBytes) {
        try {
            ChainStore store = new ChainStore(database, tail, cacheBytes);
            store.readTail();
            return store;
        } catch (RuntimeException refused) {
            tail.close();
            throw refused;
        }
    }

    private void readTail() {
        for (Tail.Entry entry : tail.entries()) {
            if (entry.kind() == Tail.BLOCK || entry.kind() == Tail.BARE_BLOCK) {
                unsettled.add(entry.content());
            } else if (entry.kind() == Tail.VOTE) {
                votes.restore(entry);
            }
        }
    }

    /**
     * The last blocks that were stored, oldest first, to be imported again at the start: after a
     * kill the database may lack some of them. Each call but the first gives none.
     */
    @Override
    public List<BareBlock> takeLatest() {
        List<BareBlock> latest =
                unsettled.stream().map(BareBlock::cutFrom).map(BareBlock::decode).toList();
        unsettled.clear();
        return latest;
    }

    /** The head of the followed chain; empty before the first commit. */
    @Override
    public Optional<Hash> head() {
        return readAll(on -> Schema.readMeta(on, Schema.HEAD)).map(Hash::new);
    }

    /** The last final block; empty before the first commit. */
    @Override
    public Optional<Hash> finalBlock() {
        return readAll(on -> Schema.readMeta(on, Schema.FINAL)).map(Hash::new);
    }

    /** Header and place of a block, on any fork. */
    @Override
    public Optional<StoredBlock> block(Hash hash) {
        return gathered.block(hash).or(() -> database.read(on -> BlockTables.block(on, hash)));
    }

    /** All blocks of all forks from {@code height} up, lowest first. */
    @Override
    public List<StoredBlock> blocksFrom(long height) {
        return readAll(on -> BlockTables.blocks(on, height, Long.MAX_VALUE));
    }

    /** All blocks of all forks at {@code height}. */
    public List<StoredBlock> blocksAt(long height) {
        List<StoredBlock> blocks = new ArrayList<>(gathered.blocksAt(height));
        database.read(on -> BlockTables.blocks(on, height, height)).stream()
                .filter(written -> !blocks.contains(written))
                .forEach(blocks::add);
        return blocks;
    }

    /** The whole encoding of a block, on any fork above the last final block. */
    public Optional<Bytes> body(Hash hash) {
        return gathered.body(hash).or(() -> database.read(on -> BlockTables.body(on, hash)));
    }

    /** The encoding of a block up to its witness, on any fork above the last final block. */
    public Optional<Bytes> bare(Hash hash) {
        return gathered.bare(hash)
                .or(
                        () ->
                                database.read(on -> BlockTables.part(on, hash, BlockTables.BODY))
                                        // Older programs wrote all into one part.
                                        .map(BareBlock::cutFrom));
    }

    /** What the transactions of a stored block did. */
    public List<LedgerFact> facts(Hash hash) {
        return gathered.facts(hash)
                .or(
                        () ->
                                database.read(on -> BlockTables.part(on, hash, BlockTables.FACTS))
                                        .map(FactCodec::decode))
                .orElseThrow(
                        () ->
                                new StoreException(
                                        StoreException.Kind.DAMAGED,
                                        "the chain database lacks the facts of block " + hash));
    }

    /** The block of the followed chain at a height; empty above the head. */
    public Optional<Hash> canonical(long height) {
        return canonical(height, 1).stream().findFirst();
    }

    /** At most {@code limit} blocks of the followed chain from a height up. */
    public List<Hash> canonical(long fromHeight, int limit) {
        return gathered.canonical(
                fromHeight,
                limit,
                most -> database.read(on -> BlockTables.canonical(on, fromHeight, most)));
    }

    /** Where the followed chain has a transaction. */
    public Optional<Inclusion> inclusion(Hash transaction) {
        return readAll(on -> inclusions.find(on, transaction));
    }

    /** A state node; those of states that were pruned are gone. */
    @Override
    public Optional<Bytes> node(Hash hash) {
        Optional<Bytes> cached = gathered.node(hash).or(() -> recent.find(hash));
        if (cached.isPresent()) {
            return cached;
        }
        Optional<Bytes> read = database.read(on -> BlockTables.node(on, hash));
        read.ifPresent(content -> recent.keep(hash, content));
        return read;
    }

    /** Stores a block, and how the followed chain changes with it, as one. */
    @Override
    public void commit(BlockCommit block, Optional<CanonicalChange> change) {
        add(block, change);
        settle();
    }

    @Override
    public void add(BlockCommit block, Optional<CanonicalChange> change) {
        writer.add(block, change);
    }

    /**
     * Forces what was added to the disk. When many blocks come, the database gets them later,
     * together with others.
     */
    @Override
    public void settle() {
        writer.settle();
    }

    /** Whether blocks come so fast that the database gets them later. */
    public boolean isBehind() {
        return writer.isBehind();
    }

    /** Reads what can only be found in the database. */
    private <T> T readAll(Database.Work<T> work) {
        writer.writeAll();
        return database.read(work);
    }

    /** The same as {@link #add} for one of {@link #takeLatest}: it is on the disk already. */
    @Override
    public void restore(BlockCommit block, Optional<CanonicalChange> change) {
        writer.addAgain(block, change);
    }

    /** The height up to which states were pruned; their blocks stay. -1 when none was. */
    public long prunedHeight() {
        return readAll(on -> Schema.readMeta(on, Schema.PRUNED)).map(Schema::numberIn).orElse(-1L);
    }

    /** Forgets states, those of one height after the other, as one. */
    public void prune(List<PrunedHeight> heights) {
        writer.prune(heights);
    }

    /** The height up to which the bodies of blocks were pruned; 0 when none was. */
    public long prunedBodies() {
        return database.read(on -> Schema.readMeta(on, Schema.PRUNED_BODIES))
                .map(Schema::numberIn)
                .orElse(0L);
    }

    /** Forgets the bodies of all blocks from one height to another; headers and facts stay. */
    public void pruneBodies(long fromHeight, long toHeight) {
        writer.pruneBodies(fromHeight, toHeight);
    }

    /** At most {@code limit} hashes of state nodes above {@code after}, ascending. */
    public List<Hash> nodesAfter(Hash after, int limit) {
        return readAll(on -> BlockTables.nodesAfter(on, after, limit));
    }

    /** Forgets state nodes for good, whoever wrote them. */
    public void deleteNodes(Collection<Hash> nodes) {
        writer.writeAll();
        database.write(
                on -> {
                    BlockTables.deleteNodes(on, nodes, Long.MAX_VALUE);
                    return true;
                });
    }

    /** Writes a copy of the database into a new file; only an embedded one can do that. */
    public void backUp(Path file) {
        if (database.dialect() != Dialect.H2) {
            throw new StoreException(
                    StoreException.Kind.READ_FAILED,
                    "the chain is on a database server: use that server's own tools, or `chain export`");
        }
        writer.writeAll();
        database.force();
        database.write(
                on -> {
                    try (var backup = on.prepareStatement("BACKUP TO ?")) {
                        backup.setString(1, file.toAbsolutePath().toString());
                        return backup.execute();
                    }
                });
    }

    /** Gives space that is not used any more back to the disk; the store is closed after it. */
    public void compact() {
        writer.writeAll();
        database.compact();
    }

    /** The last vote that {@code validator} signed on this database, by target epoch. */
    public Optional<VoteRecord> lastVote(Address validator) {
        return votes.last(validator);
    }

    /** Stores a vote; it may be sent when this returns. Refuses a second one for an epoch. */
    public void recordVote(VoteRecord vote) {
        votes.record(vote);
    }

    /**
     * From now on also forbids what a vote forbids that was signed elsewhere with the same key;
     * what is forbidden already stays so.
     */
    public void forbid(VoteRecord elsewhere) {
        votes.forbid(elsewhere);
    }

    /** Closes the database; what was stored stays. */
    @Override
    public void close() {
        try {
            writer.close();
        } finally {
            database.close();
            tail.close();
        }
    }
}
