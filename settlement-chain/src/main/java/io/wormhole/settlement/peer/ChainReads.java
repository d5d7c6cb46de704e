package io.wormhole.settlement.peer;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.settlement.block.HeaderContext;
import io.wormhole.settlement.consensus.MedianTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where two chains part, and what follows from there; every method may wait for the database. */
public final class ChainReads {
    private static final int DENSE = 8;

    private final StoredChain chain;

    /** Reads of {@code chain}. */
    public ChainReads(StoredChain chain) {
        this.chain = chain;
    }

    boolean has(Hash block) {
        return chain.has(block);
    }

    /** Hashes of the followed chain, dense near the head and sparse below, genesis last. */
    List<Hash> locator() {
        List<Hash> hashes = new ArrayList<>();
        long step = 1;
        long height = chain.headHeight();
        while (height > 0 && hashes.size() < Wire.MAXIMUM_LOCATOR - 2) {
            hashes.addAll(chain.followed(height, 1));
            if (hashes.size() > DENSE) {
                step = Math.multiplyExact(step, 2);
            }
            height -= step;
        }
        hashes.addAll(chain.followed(0, 1));
        return hashes;
    }

    /** Headers of the followed chain after the first hash of {@code locator} that is on it. */
    public List<BlockHeader> headersAfter(List<Hash> locator) {
        long from =
                locator.stream()
                        .flatMap(hash -> chain.header(hash).stream())
                        .filter(this::isFollowed)
                        .findFirst()
                        .map(header -> header.height().value() + 1)
                        .orElse(0L);
        return chain.followed(from, Wire.MAXIMUM_HEADERS).stream()
                .flatMap(hash -> chain.header(hash).stream())
                .toList();
    }

    private boolean isFollowed(BlockHeader header) {
        return chain.followed(header.height().value(), 1).contains(header.hash());
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
        while (at.isPresent() && times.size() < MedianTime.ANCESTORS) {
            times.add(at.get().timeMillis());
            at =
                    at.get().height().value() == 0
                            ? Optional.empty()
                            : header(at.get().previous(), waiting);
        }
        return first.map(header -> new HeaderContext(header, times));
    }

    private Optional<BlockHeader> header(Hash hash, Function<Hash, Optional<BlockHeader>> waiting) {
        return waiting.apply(hash).or(() -> chain.header(hash));
    }
}
