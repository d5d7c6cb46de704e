package io.wormhole.settlement.archive;

import io.wormhole.cluster.journal.DatabaseSettings;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.DamagedNodeException;
import io.wormhole.protocol.merkle.MissingNodeException;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.merkle.StaleNodes;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.block.PastBlocks;
import io.wormhole.settlement.chain.Chain;
import io.wormhole.settlement.chain.History;
import io.wormhole.settlement.chain.ImportResult;
import io.wormhole.settlement.consensus.MedianTime;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.MoneyCount;
import io.wormhole.settlement.ledger.StateProof;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.ledger.SupplyTotals;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The chain of a node that does not run. For one thread; opening it waits for no node. */
public final class ChainArchive implements AutoCloseable {
    private static final int AT_ONCE = 256;
    private static final int CACHED_NODES = 100_000;
    private static final long RECENT_NODE_BYTES = 32L << 20;
    private static final int BLOCKS_STORED_TOGETHER = 16;
    private static final long ANY_TIME = Long.MAX_VALUE / 2;

    private final Genesis genesis;
    private final ChainStore store;
    private final Chain chain;

    private ChainArchive(Genesis genesis, ChainStore store, History history) {
        this.genesis = genesis;
        this.store = store;
        this.chain =
                Chain.open(
                        genesis,
                        store,
                        new NodeCache(store, CACHED_NODES),
                        Optional.empty(),
                        history);
    }

    /**
     * Opens the chain in a database, or begins one.
     *
     * @throws io.wormhole.settlement.store.StoreException where it is in use, damaged or of another
     *     network
     */
    public static ChainArchive open(Genesis genesis, DatabaseSettings database, History history) {
        ChainStore store = ChainStore.open(database, genesis.networkId(), RECENT_NODE_BYTES);
        try {
            return new ChainArchive(genesis, store, history);
        } catch (RuntimeException refused) {
            store.close();
            throw refused;
        }
    }

    /** Height of the head. */
    public long height() {
        return chain.head().index().height();
    }

    /**
     * What was checked.
     *
     * @param blocks how many blocks up to the head; those before were pruned
     */
    public record Verified(long blocks, long entries, SupplyTotals supply) {}

    /**
     * Verifies every block that is kept from its witness, on several cores, and that the state
     * after the head is whole and holds the money that it should.
     */
    public Verified verify(int threads) throws ArchiveRefused {
        long first = store.prunedBodies() + 1;
        List<BlockHeader> before = new ArrayList<>();
        for (long height = Math.max(0, first - MedianTime.ANCESTORS); height < first; height++) {
            before.add(header(height));
        }
        try (PastBlocks past = new PastBlocks(genesis, threads)) {
            for (long from = first; from <= height(); from += AT_ONCE) {
                List<Block> blocks = new ArrayList<>();
                for (Hash hash : store.canonical(from, AT_ONCE)) {
                    blocks.add(Block.decode(body(hash)));
                }
                Optional<PastBlocks.Fault> fault = past.verify(before, blocks);
                if (fault.isPresent()) {
                    throw new ArchiveRefused(
                            "block %d is not valid: %s: %s"
                                    .formatted(
                                            fault.get().height(),
                                            fault.get().why().code(),
                                            fault.get().why().reason()));
                }
                blocks.forEach(block -> before.add(block.header()));
                int tooMany = Math.max(0, before.size() - MedianTime.ANCESTORS);
                before.subList(0, tooMany).clear();
            }
        }
        return verifyState();
    }

    private Verified verifyState() throws ArchiveRefused {
        MoneyCount count;
        try {
            count = MoneyCount.of(chain.headLedger());
        } catch (MissingNodeException | DamagedNodeException broken) {
            throw new ArchiveRefused("the state is not whole: " + broken.getMessage());
        }
        SupplyTotals supply = chain.headLedger().supply();
        if (!supply.isBalanced() || !supply.held().equals(count.held())) {
            throw new ArchiveRefused(
                    "the entries hold %s DSD, the books say %s".formatted(count.held(), supply));
        }
        return new Verified(height() - store.prunedBodies(), count.entries(), supply);
    }

    /** Writes the blocks of the followed chain from a height up into a new file. */
    public BlockFile.Range exportTo(Path file, long fromHeight) throws IOException, ArchiveRefused {
        long pruned = store.prunedBodies();
        long lowest = pruned == 0 ? 0 : pruned + 1;
        if (fromHeight < lowest || fromHeight > height()) {
            throw new ArchiveRefused(
                    "export from height %d; allowed: %d to %d"
                            .formatted(fromHeight, lowest, height()));
        }
        BlockFile.Range range = new BlockFile.Range(fromHeight, height() - fromHeight + 1);
        BlockFile.write(
                file,
                genesis.networkId(),
                range,
                height -> body(store.canonical(height).orElseThrow()));
        return range;
    }

    /** What an import did. */
    public record Imported(long added, long known, long height) {}

    /**
     * Imports the blocks of a file, each verified as if a peer had sent it.
     *
     * @throws ArchiveRefused at the first that cannot be; those before it stay, and it says so
     */
    public Imported importFrom(Path file) throws IOException, ArchiveRefused {
        long[] counts = new long[2];
        try {
            importAll(file, counts);
        } catch (ArchiveRefused refused) {
            throw new ArchiveRefused(
                    "%s; %d blocks before it are imported, the head is at height %d"
                            .formatted(refused.getMessage(), counts[0], height()));
        }
        return new Imported(counts[0], counts[1], height());
    }

    private void importAll(Path file, long[] counts) throws IOException, ArchiveRefused {
        try {
            BlockFile.read(
                    file,
                    genesis.networkId(),
                    block -> {
                        boolean isNew = importBlock(file, block);
                        counts[isNew ? 0 : 1]++;
                        if ((counts[0] + counts[1]) % BLOCKS_STORED_TOGETHER == 0) {
                            chain.settle();
                        }
                    });
        } finally {
            chain.settle();
        }
    }

    private boolean importBlock(Path file, Block block) throws ArchiveRefused {
        ImportResult result = chain.importUnsettled(block, ANY_TIME);
        if (result instanceof ImportResult.Imported) {
            return true;
        }
        if (result instanceof ImportResult.Known) {
            return false;
        }
        String why = "";
        if (result instanceof ImportResult.Orphan orphan) {
            why = "the block before it, " + orphan.parent() + ", is not here";
        } else if (result instanceof ImportResult.Unwanted unwanted) {
            why = unwanted.reason();
        } else if (result instanceof ImportResult.Invalid invalid) {
            why = invalid.code() + ": " + invalid.reason();
        }
        throw new ArchiveRefused(
                "block %s of %s cannot be imported: %s"
                        .formatted(block.header().height(), file, why));
    }

    /**
     * Removes every state node that no kept state needs, and the bodies of blocks that are not
     * kept; gives how many nodes went.
     */
    public long sweep(History history) {
        Set<Hash> live = new HashSet<>();
        long finalHeight = chain.finalBlock().index().height();
        long lastBody = finalHeight - Math.min(finalHeight, history.finalBodies()) - 1;
        if (lastBody > store.prunedBodies()) {
            store.pruneBodies(store.prunedBodies() + 1, lastBody);
        }
        long from = finalHeight - Math.min(finalHeight, history.finalStates());
        BlockHeader previous = null;
        for (StoredBlock block : store.blocksFrom(from)) {
            collect(block.header(), previous, live);
            previous = block.header();
        }
        long removed = 0;
        Hash after = Hash.ZERO;
        List<Hash> some = store.nodesAfter(after, 10_000);
        while (!some.isEmpty()) {
            List<Hash> dead = some.stream().filter(hash -> !live.contains(hash)).toList();
            store.deleteNodes(dead);
            removed += dead.size();
            after = some.get(some.size() - 1);
            some = store.nodesAfter(after, 10_000);
        }
        return removed;
    }

    private void collect(
            BlockHeader header,
            @org.jspecify.annotations.Nullable BlockHeader previous,
            Set<Hash> live) {
        for (StateTree tree : StateTree.values()) {
            AuthenticatedMap seen =
                    previous == null
                            ? AuthenticatedMap.EMPTY
                            : AuthenticatedMap.open(tree.rootIn(previous.roots()), store);
            StaleNodes.of(
                    AuthenticatedMap.open(tree.rootIn(header.roots()), store), seen, live::add);
        }
    }

    /** Writes a copy of the database. */
    public void backUp(Path file) {
        store.backUp(file);
    }

    /** Gives unused space back; nothing else can be done with this archive afterwards. */
    public void compact() {
        store.compact();
    }

    /** What the state after the last final block holds at a key, with its proof. */
    public ProofFile prove(Function<Ledger, StateProof> what) {
        BlockHeader header = chain.finalBlock().header();
        return new ProofFile(header, what.apply(chain.open(header)));
    }

    private BlockHeader header(long height) {
        return store.canonical(height).flatMap(store::block).orElseThrow().header();
    }

    private Bytes body(Hash hash) {
        return store.body(hash).orElseThrow();
    }

    @Override
    public void close() {
        store.close();
    }
}
