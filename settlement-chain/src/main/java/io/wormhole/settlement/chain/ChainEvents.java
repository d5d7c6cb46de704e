package io.wormhole.settlement.chain;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.settlement.consensus.IndexedBlock;
import io.wormhole.settlement.store.ChainStore;
import java.util.List;
import java.util.Optional;

/**
 * What a follower at some position sees next. Nothing is queued and nothing is remembered per
 * follower: the next event is computed from the chain, so that each is seen once and in order
 * however slow the follower is.
 */
public final class ChainEvents {
    // A follower that catches up through history may store its position this often.
    private static final long FINALISED_EVERY = 64;

    private final EventSource chain;

    /** Events of {@code chain}. */
    public ChainEvents(EventSource chain) {
        this.chain = chain;
    }

    /** Events of the chain in {@code store}. */
    public ChainEvents(ChainStore store) {
        this(new Stored(store));
    }

    private record Stored(ChainStore store) implements EventSource {
        @Override
        public Optional<Hash> followed(long height) {
            return store.canonical(height);
        }

        @Override
        public Optional<Hash> parent(Hash block) {
            return store.block(block).map(stored -> stored.index().parent());
        }

        @Override
        public List<LedgerFact> facts(Hash block) {
            return store.facts(block);
        }
    }

    /**
     * Where a follower stands.
     *
     * @param height of the last block that it has applied
     * @param block its hash
     * @param finalHeight the last height that it knows to be final
     */
    public record Position(long height, Hash block, long finalHeight) {}

    /** An event, and where the follower stands once it is handled. */
    public record Step(LedgerEvent event, Position after) {}

    /** The position of a follower that has seen all up to the final height {@code after}. */
    public Optional<Position> startingAfter(BlockHeight after, IndexedBlock finalBlock) {
        return startingAfter(after, finalBlock.height());
    }

    /** The same with the height of the last final block. */
    public Optional<Position> startingAfter(BlockHeight after, long finalHeight) {
        return after.value() > finalHeight
                ? Optional.empty()
                : chain.followed(after.value())
                        .map(hash -> new Position(after.value(), hash, after.value()));
    }

    /** The next event; empty when the follower has seen all. */
    public Optional<Step> next(Position at, IndexedBlock head, IndexedBlock finalBlock) {
        return next(at, head.height(), finalBlock.height());
    }

    /** The same with the heights of head and last final block. */
    public Optional<Step> next(Position at, long headHeight, long finalHeight) {
        boolean isOnChain =
                chain.followed(at.height()).filter(hash -> hash.equals(at.block())).isPresent();
        if (!isOnChain) {
            return Optional.of(undo(at));
        }
        long finalSeen = Math.min(at.height(), finalHeight);
        boolean hasCaughtUp = at.height() >= finalHeight;
        if (finalSeen > at.finalHeight()
                && (hasCaughtUp || finalSeen - at.finalHeight() >= FINALISED_EVERY)) {
            return Optional.of(finalise(at, finalSeen));
        }
        if (at.height() >= headHeight) {
            return Optional.empty();
        }
        Optional<Step> applied = apply(at);
        // The chain may have moved since it was looked at; then the position is on it no more.
        return applied.isPresent() ? applied : Optional.of(undo(at));
    }

    private Step undo(Position at) {
        Hash parent = chain.parent(at.block()).orElseThrow(() -> lost(at.block()));
        return new Step(
                new LedgerEvent.BlockUndone(new BlockHeight(at.height()), at.block()),
                new Position(at.height() - 1, parent, at.finalHeight()));
    }

    private Step finalise(Position at, long height) {
        Hash hash = chain.followed(height).orElseThrow(() -> lost(at.block()));
        return new Step(
                new LedgerEvent.Finalised(new BlockHeight(height), hash),
                new Position(at.height(), at.block(), height));
    }

    private Optional<Step> apply(Position at) {
        long height = at.height() + 1;
        return chain.followed(height)
                .filter(hash -> chain.parent(hash).filter(at.block()::equals).isPresent())
                .map(
                        hash ->
                                new Step(
                                        new LedgerEvent.BlockApplied(
                                                new BlockHeight(height), hash, chain.facts(hash)),
                                        new Position(height, hash, at.finalHeight())));
    }

    private static IllegalStateException lost(Hash block) {
        return new IllegalStateException("the store lacks a block of its chain, near " + block);
    }
}
