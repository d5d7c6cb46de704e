package io.wormhole.settlement.consensus;

import io.wormhole.protocol.crypto.Address;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds offences among the votes that a node sees in gossip and in blocks of all forks; mutable,
 * for one thread. It keeps one vote per validator and target epoch, and of each validator only the
 * latest epochs.
 */
public final class EvidenceFinder {
    private final int epochsKept;
    private final TreeMap<Address, TreeMap<Long, Vote>> seen = new TreeMap<>();

    /**
     * Creates a finder that remembers so many epochs of each validator; longer than a withdrawal is
     * of no use.
     */
    public EvidenceFinder(int epochsKept) {
        if (epochsKept < 1) {
            throw new IllegalArgumentException(epochsKept + " epochs kept; allowed: 1 or more");
        }
        this.epochsKept = epochsKept;
    }

    /**
     * Takes note of a rightly signed vote of a known validator; returns evidence when it is an
     * offence.
     */
    public Optional<Evidence> see(Vote vote) {
        TreeMap<Long, Vote> votes =
                seen.computeIfAbsent(vote.validator(), validator -> new TreeMap<>());
        for (Vote earlier : votes.values()) {
            Evidence evidence = new Evidence(earlier, vote);
            if (evidence.judgement().isPunished()) {
                return Optional.of(evidence);
            }
        }
        votes.putIfAbsent(vote.target().epoch(), vote);
        if (votes.size() > epochsKept) {
            votes.pollFirstEntry();
        }
        return Optional.empty();
    }
}
