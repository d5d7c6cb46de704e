package io.wormhole.settlement.simulation;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.BareBlock;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.consensus.IndexedBlock;
import io.wormhole.settlement.store.BlockCommit;
import io.wormhole.settlement.store.BlockStore;
import io.wormhole.settlement.store.CanonicalChange;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.store.VoteRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A disk as a real node uses its own: blocks and votes are forced to it record by record before
 * they count, the database behind may be older after a crash.
 */
final class SimulatedDisk implements BlockStore {
    private record Written(BlockCommit commit, Optional<CanonicalChange> change) {}

    private final SharedWork shared;
    private final List<Written> log = new ArrayList<>();
    private final Map<Hash, StoredBlock> blocks = new LinkedHashMap<>();
    private final TreeMap<Long, Hash> canonical = new TreeMap<>();
    private Optional<Hash> head = Optional.empty();
    private Optional<Hash> finalHash = Optional.empty();
    private List<BareBlock> latest = List.of();
    private Optional<VoteRecord> vote = Optional.empty();
    private Optional<VoteRecord> unforcedVote = Optional.empty();

    /** A new disk; what is named by its hash is kept together with that of all other disks. */
    SimulatedDisk(SharedWork shared) {
        this.shared = shared;
    }

    /** What is there after a crash: the database lacks the last {@code lost} blocks. */
    SimulatedDisk afterCrash(int lost) {
        SimulatedDisk after = new SimulatedDisk(shared);
        int kept = Math.max(1, log.size() - lost);
        log.subList(0, kept).forEach(after::apply);
        after.latest =
                log.subList(kept, log.size()).stream()
                        .map(written -> BareBlock.decode(written.commit().bare()))
                        .toList();
        after.vote = vote;
        return after;
    }

    Optional<VoteRecord> lastVote() {
        return unforcedVote.isPresent() ? unforcedVote : vote;
    }

    /** Writes a vote; only when {@code isForced} it is there after a crash. */
    void record(VoteRecord signed, boolean isForced) {
        unforcedVote = Optional.of(signed);
        if (isForced) {
            vote = unforcedVote;
        }
    }

    Optional<Block> body(Hash hash) {
        return block(hash).map(known -> shared.block(hash));
    }

    Optional<Hash> canonical(long height) {
        return Optional.ofNullable(canonical.get(height));
    }

    @Override
    public Optional<Hash> head() {
        return head;
    }

    @Override
    public Optional<Hash> finalBlock() {
        return finalHash;
    }

    @Override
    public Optional<StoredBlock> block(Hash hash) {
        return Optional.ofNullable(blocks.get(hash));
    }

    @Override
    public List<StoredBlock> blocksFrom(long height) {
        return blocks.values().stream()
                .filter(block -> block.index().height() >= height)
                .sorted(Comparator.comparingLong((StoredBlock block) -> block.index().height()))
                .toList();
    }

    @Override
    public List<BareBlock> takeLatest() {
        List<BareBlock> taken = latest;
        latest = List.of();
        return taken;
    }

    @Override
    public void commit(BlockCommit block, Optional<CanonicalChange> change) {
        apply(new Written(block, change));
    }

    @Override
    public void restore(BlockCommit block, Optional<CanonicalChange> change) {
        apply(new Written(block, change));
    }

    private void apply(Written written) {
        log.add(written);
        BlockCommit commit = written.commit();
        IndexedBlock index = commit.index();
        shared.keep(commit);
        blocks.put(index.hash(), new StoredBlock(index, commit.header()));
        written.change()
                .ifPresent(
                        change -> {
                            canonical.tailMap(change.fromHeight(), true).clear();
                            long height = change.fromHeight();
                            for (Hash hash : change.hashes()) {
                                canonical.put(height++, hash);
                            }
                            head = Optional.of(change.head());
                            finalHash = Optional.of(change.finalHash());
                        });
    }
}
