package io.wormhole.settlement.peer;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.chain.ChainView;
import io.wormhole.settlement.store.ChainStore;
import io.wormhole.settlement.store.StoredBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What peers ask of the stored chain; every method may wait for the database. */
final class ChainReads {
    private static final int MEDIAN_BLOCKS = 11;

    private final ChainStore store;
    private final Supplier<ChainView> view;

    ChainReads(ChainStore store, Supplier<ChainView> view) {
        this.store = store;
        this.view = view;
    }

    ChainView view() {
        return view.get();
    }

    boolean has(Hash block) {
        return store.block(block).isPresent();
    }

    Optional<StoredBlock> block(Hash hash) {
        return store.block(hash);
    }

    Optional<Bytes> body(Hash hash) {
        return store.body(hash);
    }

    /** Hashes of the followed chain, dense near the head and sparse below, genesis last. */
    List<Hash> locator() {
        List<Hash> hashes = new ArrayList<>();
        long step = 1;
        long height = view().head().index().height();
        while (height > 0 && hashes.size() < Wire.MAXIMUM_LOCATOR - 2) {
            store.canonical(height).ifPresent(hashes::add);
            if (hashes.size() > 8) {
                step = Math.multiplyExact(step, 2);
            }
            height -= step;
        }
        store.canonical(0).ifPresent(hashes::add);
        return hashes;
    }

    /** Headers of the followed chain after the first hash of {@code locator} that is on it. */
    List<BlockHeader> headersAfter(List<Hash> locator) {
        long from =
                locator.stream()
                        .flatMap(hash -> store.block(hash).stream())
                        .filter(this::isOnChain)
                        .findFirst()
                        .map(block -> block.index().height() + 1)
                        .orElse(0L);
        return store.canonical(from, Wire.MAXIMUM_HEADERS).stream()
                .flatMap(hash -> store.block(hash).stream())
                .map(StoredBlock::header)
                .toList();
    }

    private boolean isOnChain(StoredBlock block) {
        return store.canonical(block.index().height())
                .filter(hash -> hash.equals(block.index().hash()))
                .isPresent();
    }

    /**
     * What the rules need of the ancestors of a child of {@code parent}.
     *
     * @param waiting headers that are not stored yet
     */
    Optional<HeaderContext> contextAfter(
            Hash parent, Function<Hash, Optional<BlockHeader>> waiting) {
        Optional<BlockHeader> first = header(parent, waiting);
        List<Long> times = new ArrayList<>();
        Optional<BlockHeader> at = first;
        while (at.isPresent() && times.size() < MEDIAN_BLOCKS) {
            times.add(at.get().timeMillis());
            at =
                    at.get().height().value() == 0
                            ? Optional.empty()
                            : header(at.get().previous(), waiting);
        }
        return first.map(header -> new HeaderContext(header, times));
    }

    private Optional<BlockHeader> header(Hash hash, Function<Hash, Optional<BlockHeader>> waiting) {
        return waiting.apply(hash).or(() -> store.block(hash).map(StoredBlock::header));
    }
}
