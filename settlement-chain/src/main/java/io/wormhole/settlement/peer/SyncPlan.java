package io.wormhole.settlement.peer;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.BareBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which blocks are missing, who is asked for which, and what can be imported; headers first, bodies
 * from several peers at once. Time comes in as an argument; for one owner.
 *
 * @param <P> how a peer is named
 */
public final class SyncPlan<P> {
    /** Headers that may wait for their bodies. */
    public static final int MAXIMUM_HEADERS = 20_000;

    // Bodies that are on their way or wait for import, and those asked of one peer at a time.
    private static final int WINDOW = 128;
    private static final int PER_PEER = 16;

    private final long requestTimeoutMillis;
    private final Map<Hash, Wanted> wanted = new HashMap<>();
    private final TreeSet<Wanted> byHeight =
            new TreeSet<>(
                    Comparator.comparingLong(Wanted::height).thenComparing(block -> block.hash));
    private final Map<P, Peer> peers = new LinkedHashMap<>();

    /** An empty plan; a peer may take so long to answer. */
    public SyncPlan(long requestTimeoutMillis) {
        this.requestTimeoutMillis = requestTimeoutMillis;
    }

    private final class Wanted {
        private final Hash hash;
        private final BlockHeader header;
        private Optional<P> askedOf = Optional.empty();
        private long askedAt;
        private Optional<Received<P>> body = Optional.empty();
        private boolean isImporting;

        Wanted(Hash hash, BlockHeader header) {
            this.hash = hash;
            this.header = header;
        }

        long height() {
            return header.height().value();
        }

        boolean isOpen() {
            return askedOf.isEmpty() && body.isEmpty();
        }
    }

    private static final class Peer {
        private long height;
        private int asked;
        private final Set<Hash> lacks = new HashSet<>();
    }

    /** A body and who sent it. */
    public record Received<P>(BareBlock block, P from) {}

    /** Ask {@code peer} for these blocks. */
    public record Request<P>(P peer, List<Hash> blocks) {}

    /** A peer that has blocks up to {@code height}. */
    public void peerHas(P peer, long height) {
        Peer known = peers.computeIfAbsent(peer, name -> new Peer());
        known.height = Math.max(known.height, height);
    }

    /** A peer is gone: what was asked of it is open again. */
    public void peerGone(P peer) {
        peers.remove(peer);
        wanted.values().forEach(block -> reopenIfAskedOf(block, peer));
    }

    private void reopenIfAskedOf(Wanted block, P peer) {
        if (block.askedOf.filter(peer::equals).isPresent()) {
            block.askedOf = Optional.empty();
        }
    }

    /** Whether a header waits for its body. */
    public boolean isWanted(Hash hash) {
        return wanted.containsKey(hash);
    }

    /** The header that waits for its body. */
    public Optional<BlockHeader> header(Hash hash) {
        return Optional.ofNullable(wanted.get(hash)).map(block -> block.header);
    }

    /** Whether more headers can wait. */
    public boolean hasRoom() {
        return wanted.size() < MAXIMUM_HEADERS;
    }

    /** Notes a header, checked by the caller, whose body is missing. */
    public void want(BlockHeader header) {
        Hash hash = header.hash();
        if (!wanted.containsKey(hash) && hasRoom()) {
            Wanted block = new Wanted(hash, header);
            wanted.put(hash, block);
            byHeight.add(block);
        }
    }

    /** What to ask of whom now: the lowest open blocks, spread over the peers that have them. */
    public List<Request<P>> requests(long nowMillis) {
        Map<P, List<Hash>> requests = new LinkedHashMap<>();
        int onTheWay = 0;
        for (Wanted block : byHeight) {
            if (onTheWay >= WINDOW || !isAnybodyFree()) {
                break;
            }
            Optional<P> peer = block.isOpen() ? leastBusy(block) : Optional.empty();
            if (peer.isPresent()) {
                ask(block, peer.get(), nowMillis);
                requests.computeIfAbsent(peer.get(), name -> new ArrayList<>()).add(block.hash);
            }
            if (!block.isOpen()) {
                onTheWay++;
            }
        }
        return requests.entrySet().stream()
                .map(entry -> new Request<>(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    // Asked for each waiting header.
    private boolean isAnybodyFree() {
        for (Peer peer : peers.values()) {
            if (peer.asked < PER_PEER) {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes that a peer need not be asked for a block, as it is sending it by itself; says no when
     * the block is here, or on its way.
     */
    public boolean askedOf(Hash hash, P peer, long nowMillis) {
        Wanted block = wanted.get(hash);
        if (block == null || !block.isOpen() || !peers.containsKey(peer)) {
            return false;
        }
        ask(block, peer, nowMillis);
        return true;
    }

    private Optional<P> leastBusy(Wanted block) {
        return peers.entrySet().stream()
                .filter(entry -> entry.getValue().height >= block.height())
                .filter(entry -> entry.getValue().asked < PER_PEER)
                .filter(entry -> !entry.getValue().lacks.contains(block.hash))
                .min(Comparator.comparingInt(entry -> entry.getValue().asked))
                .map(Map.Entry::getKey);
    }

    private void ask(Wanted block, P peer, long nowMillis) {
        block.askedOf = Optional.of(peer);
        block.askedAt = nowMillis;
        Peer known = peers.get(peer);
        if (known != null) {
            known.asked++;
        }
    }

    /** Peers that have not answered in time; what was asked of them is open again. */
    public List<P> expired(long nowMillis) {
        List<P> late = new ArrayList<>();
        for (Wanted block : byHeight) {
            if (block.askedOf.isPresent()
                    && block.body.isEmpty()
                    && nowMillis - block.askedAt >= requestTimeoutMillis) {
                P peer = block.askedOf.get();
                answered(block, peer);
                lacks(peer, block.hash);
                if (!late.contains(peer)) {
                    late.add(peer);
                }
            }
        }
        return late;
    }

    /** A peer does not have a block after all. */
    public void missing(P peer, Hash hash) {
        Wanted block = wanted.get(hash);
        if (block != null && block.askedOf.filter(peer::equals).isPresent()) {
            answered(block, peer);
        }
        lacks(peer, hash);
    }

    private void lacks(P peer, Hash hash) {
        Peer known = peers.get(peer);
        if (known != null) {
            known.lacks.add(hash);
        }
    }

    private void answered(Wanted block, P peer) {
        block.askedOf = Optional.empty();
        Peer known = peers.get(peer);
        if (known != null) {
            known.asked = Math.max(0, known.asked - 1);
        }
    }

    /** Takes a body in; says no when nobody has asked for it. */
    public boolean receive(P from, BareBlock block) {
        Wanted known = wanted.get(block.hash());
        if (known == null) {
            return false;
        }
        if (known.body.isEmpty()) {
            known.askedOf.ifPresent(peer -> answered(known, peer));
            known.body = Optional.of(new Received<>(block, from));
        }
        return true;
    }

    /**
     * Bodies to import now, lowest first, each at most once.
     *
     * @param isInChain whether a block is imported
     */
    public List<Received<P>> importable(Predicate<Hash> isInChain) {
        List<Received<P>> ready = new ArrayList<>();
        Set<Hash> ahead = new HashSet<>();
        int seen = 0;
        for (Wanted block : byHeight) {
            if (++seen > 2 * WINDOW) {
                break;
            }
            if (block.isImporting) {
                ahead.add(block.hash);
            } else if (block.body.isPresent()) {
                Hash parent = block.header.previous();
                if (ahead.contains(parent) || isInChain.test(parent)) {
                    block.isImporting = true;
                    ahead.add(block.hash);
                    ready.add(block.body.get());
                }
            }
        }
        return ready;
    }

    /** A block is done with: in the chain, or of no use. */
    public void done(Hash hash) {
        forget(hash);
    }

    /** What came of a question is of no use: ask anew, perhaps the same peer. */
    public void reopen(Hash hash) {
        Wanted block = wanted.get(hash);
        if (block != null) {
            block.askedOf.ifPresent(peer -> answered(block, peer));
        }
    }

    /** A block is no good, and neither is what builds on it; returns all that is given up. */
    public Set<Hash> reject(Hash hash) {
        Set<Hash> bad = new HashSet<>();
        bad.add(hash);
        for (Wanted block : byHeight) {
            if (bad.contains(block.header.previous())) {
                bad.add(block.hash);
            }
        }
        bad.forEach(this::forget);
        return bad;
    }

    private void forget(Hash hash) {
        Wanted block = wanted.remove(hash);
        if (block != null) {
            block.askedOf.ifPresent(peer -> answered(block, peer));
            byHeight.remove(block);
        }
        peers.values().forEach(peer -> peer.lacks.remove(hash));
    }

    /** How many headers wait for their bodies, or their bodies for import. */
    public int size() {
        return wanted.size();
    }

    /** Forgets headers nobody has any more: those that every peer lacks. */
    public List<Hash> unobtainable() {
        if (peers.isEmpty()) {
            return List.of();
        }
        // Those far above are not asked for yet.
        return byHeight.stream()
                .limit(2L * WINDOW)
                .filter(Wanted::isOpen)
                .filter(
                        block ->
                                peers.values().stream()
                                        .allMatch(
                                                peer ->
                                                        peer.height < block.height()
                                                                || peer.lacks.contains(block.hash)))
                .map(block -> block.hash)
                .toList();
    }
}
