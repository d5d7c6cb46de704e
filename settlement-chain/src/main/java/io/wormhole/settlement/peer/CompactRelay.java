package io.wormhole.settlement.peer;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.relay.CompactBlock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks that come in their short form: one question for it, one for what is missing, and then the
 * whole block. For one owner.
 *
 * @param <P> how a peer is named
 */
final class CompactRelay<P> {
    private final Map<Hash, Asked<P>> asked = new HashMap<>();
    private final Set<Hash> unfit = new HashSet<>();

    private static final class Asked<P> {
        private final P peer;
        private Optional<CompactBlock> compact = Optional.empty();
        private boolean isAskedForParts;
        private boolean hasParts;

        Asked(P peer) {
            this.peer = peer;
        }
    }

    /** Whether the short form of a block is worth asking for. */
    boolean isFit(Hash block) {
        return !unfit.contains(block);
    }

    /** The short form of a block is asked of a peer. */
    void ask(Hash block, P peer) {
        asked.put(block, new Asked<>(peer));
    }

    /** Who was asked for the short form of a block, as long as the question is open. */
    Optional<P> askedOf(Hash block) {
        return Optional.ofNullable(asked.get(block)).map(question -> question.peer);
    }

    /** Takes a short form in; says no when it was not asked of this peer, or has come before. */
    boolean arrived(P from, CompactBlock compact) {
        Asked<P> question = asked.get(compact.hash());
        if (question == null || !question.peer.equals(from) || question.compact.isPresent()) {
            return false;
        }
        question.compact = Optional.of(compact);
        return true;
    }

    /**
     * The short form that waits for these parts, if this peer was asked for them: once, since
     * whatever comes of them takes work.
     */
    Optional<CompactBlock> partsArrived(P from, Hash block) {
        Asked<P> question = asked.get(block);
        if (question == null
                || !question.peer.equals(from)
                || !question.isAskedForParts
                || question.hasParts) {
            return Optional.empty();
        }
        question.hasParts = true;
        return question.compact;
    }

    /** Whom to ask for missing parts; empty when that was done before. */
    Optional<P> askForParts(Hash block) {
        Asked<P> question = asked.get(block);
        if (question == null || question.isAskedForParts) {
            return Optional.empty();
        }
        question.isAskedForParts = true;
        return Optional.of(question.peer);
    }

    /** From now on this block is fetched whole. */
    void giveUp(Hash block) {
        asked.remove(block);
        unfit.add(block);
    }

    /** A block is here, or of no use. */
    void done(Hash block) {
        asked.remove(block);
        unfit.remove(block);
    }

    /** Nothing more comes of a peer. */
    void peerGone(P peer) {
        asked.values().removeIf(question -> question.peer.equals(peer));
    }

    /** Transactions of one answer are at most as many as were asked for. */
    static boolean isTooMany(List<SignedTransaction> sent, CompactBlock compact) {
        return sent.size() > compact.ids().size();
    }
}
