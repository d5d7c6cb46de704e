package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.LedgerFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Blocks that are not in the database yet, and what is to be forgotten there. Many are written
 * together for little more than one, and state nodes that are forgotten meanwhile are not written
 * at all. Until then all is read from here. For one writer and many readers.
 */
final class Gathered {
    // Of blocks and state nodes together: a twelfth of the heap, for as long as they are here.
    private static final long MOST_BYTES =
            Math.min(80L << 20, Runtime.getRuntime().maxMemory() / 12);

    // A dozen large blocks that the disk does not hold yet; the rest of the bound is the caller's.
    private static final long MOST_UNFORCED_BYTES = 8L << 20;

    private final List<GatheredBlock> blocks = new ArrayList<>();
    private final List<CanonicalChange> unforcedChanges = new ArrayList<>();
    private final List<PrunedHeight> pruned = new ArrayList<>();
    private final Map<Hash, GatheredBlock> byHash = new ConcurrentHashMap<>();
    private final Map<Long, List<StoredBlock>> byHeight = new ConcurrentHashMap<>();
    private final Map<Hash, StateNode> nodes = new ConcurrentHashMap<>();
    private final TreeMap<Long, Hash> canonical = new TreeMap<>();
    private Optional<Hash> finalHash = Optional.empty();
    private int forced;
    private long unforcedBytes;
    private long bytes;

    /** A state node, and the height of the last block that wrote it. */
    record StateNode(Bytes content, long height) {}

    void add(BlockCommit block, Optional<CanonicalChange> change) {
        long height = block.index().height();
        GatheredBlock gathered = GatheredBlock.of(block);
        blocks.add(gathered);
        byHash.put(block.index().hash(), gathered);
        byHeight.merge(height, List.of(gathered.stored()), Gathered::joined);
        block.nodes().forEach((hash, content) -> keep(hash, new StateNode(content, height)));
        change.ifPresent(unforcedChanges::add);
        unforcedBytes += block.bare().size();
        bytes += gathered.size();
    }

    private static List<StoredBlock> joined(List<StoredBlock> some, List<StoredBlock> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void keep(Hash hash, StateNode node) {
        StateNode before = nodes.put(hash, node);
        if (before == null) {
            bytes += node.content().size();
        } else if (before.height() > node.height()) {
            nodes.put(hash, before);
        }
    }

    private void follow(CanonicalChange change) {
        finalHash = Optional.of(change.finalHash());
        synchronized (canonical) {
            canonical.tailMap(change.fromHeight(), true).clear();
            long height = change.fromHeight();
            for (Hash hash : change.hashes()) {
                canonical.put(height++, hash);
            }
        }
    }

    /** Forgets the states of a height; what the database may have of them is forgotten later. */
    void prune(PrunedHeight height) {
        Set<Hash> elsewhere = new HashSet<>();
        for (Hash hash : height.stale()) {
            StateNode here = nodes.get(hash);
            if (here != null && here.height() <= height.height()) {
                nodes.remove(hash);
                bytes -= here.content().size();
            } else {
                elsewhere.add(hash);
            }
        }
        pruned.add(new PrunedHeight(height.height(), elsewhere, height.abandoned()));
    }

    /** Whether more must wait until this is written. */
    boolean isFull() {
        return bytes >= MOST_BYTES;
    }

    /** Whether more must wait until this is forced to the disk. */
    boolean isMuchUnforced() {
        return unforcedBytes >= MOST_UNFORCED_BYTES;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Those that came since {@link #allForced}, oldest first, without their witnesses. */
    List<Bytes> unforced() {
        return blocks.subList(forced, blocks.size()).stream().map(GatheredBlock::bare).toList();
    }

    /** From now on the followed chain is shown with them. */
    void allForced() {
        unforcedChanges.forEach(this::follow);
        unforcedChanges.clear();
        forced = blocks.size();
        unforcedBytes = 0;
    }

    /** Oldest first, without their state nodes. */
    List<GatheredBlock> blocks() {
        return List.copyOf(blocks);
    }

    Map<Hash, StateNode> nodes() {
        return Map.copyOf(nodes);
    }

    /** What was pruned, lowest first, without what was here. */
    List<PrunedHeight> pruned() {
        return List.copyOf(pruned);
    }

    /** All changes of the followed chain as one. */
    Optional<CanonicalChange> change() {
        synchronized (canonical) {
            return finalHash.map(
                    last ->
                            new CanonicalChange(
                                    canonical.firstKey(), List.copyOf(canonical.values()), last));
        }
    }

    Optional<StoredBlock> block(Hash hash) {
        return Optional.ofNullable(byHash.get(hash)).map(GatheredBlock::stored);
    }

    List<StoredBlock> blocksAt(long height) {
        return byHeight.getOrDefault(height, List.of());
    }

    Optional<Bytes> body(Hash hash) {
        return Optional.ofNullable(byHash.get(hash)).map(GatheredBlock::whole);
    }

    /** The encoding up to the witness. */
    Optional<Bytes> bare(Hash hash) {
        return Optional.ofNullable(byHash.get(hash)).map(GatheredBlock::bare);
    }

    Optional<List<LedgerFact>> facts(Hash hash) {
        return Optional.ofNullable(byHash.get(hash)).map(GatheredBlock::decodedFacts);
    }

    Optional<Bytes> node(Hash hash) {
        return Optional.ofNullable(nodes.get(hash)).map(StateNode::content);
    }

    /**
     * The blocks of the followed chain from a height up.
     *
     * @param written finds so many of those that are in the database, which may have others in the
     *     place of what is here
     */
    List<Hash> canonical(long fromHeight, int limit, IntFunction<List<Hash>> written) {
        List<Hash> here = new ArrayList<>();
        long firstHere = Long.MAX_VALUE;
        synchronized (canonical) {
            if (!canonical.isEmpty()) {
                firstHere = canonical.firstKey();
                Collection<Hash> all = canonical.tailMap(fromHeight, true).values();
                all.stream().limit(limit).forEach(here::add);
            }
        }
        if (fromHeight >= firstHere) {
            return here;
        }
        int most = (int) Math.min(limit, firstHere - fromHeight);
        List<Hash> joined = new ArrayList<>(written.apply(most));
        here.stream().limit(limit - (long) joined.size()).forEach(joined::add);
        return joined;
    }

    /** All is in the database. */
    void clear() {
        blocks.clear();
        pruned.clear();
        byHash.clear();
        byHeight.clear();
        nodes.clear();
        synchronized (canonical) {
            canonical.clear();
        }
        finalHash = Optional.empty();
        forced = 0;
        unforcedBytes = 0;
        bytes = 0;
    }
}
