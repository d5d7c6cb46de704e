package io.wormhole.settlement.validator;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.consensus.EvidenceFinder;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.ValidatorSet;
import io.wormhole.settlement.consensus.Vote;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Remembers votes and the offences among them until the offender's stake is gone; mutable, for one
 * owner. What it keeps is bounded, whatever it is shown.
 */
public final class EvidenceWatch {
    // An offence shows within the time for which forks are looked at; more is of no use.
    private static final int MOST_EPOCHS = 64;
    // Another fork may be so much longer. Votes for later epochs are not kept: nobody needs them
    // yet, and with enough of them a cheat would push out those that convict it.
    private static final int MOST_AHEAD = 8;
    private static final int MOST_VOTES =
            ValidatorSet.MAX_VALIDATORS * (MOST_EPOCHS + MOST_AHEAD + 1);

    private final int epochsKept;
    private final EvidenceFinder finder;
    private final Map<Vote, SignedTransaction> signed =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Vote, SignedTransaction> eldest) {
                    return size() > MOST_VOTES;
                }
            };
    private final TreeMap<Address, FinalityTransaction.Evidence> found = new TreeMap<>();

    /** A watch of a network with these rules. */
    public EvidenceWatch(FinalityRules rules) {
        this.epochsKept = epochsKept(rules);
        this.finder = new EvidenceFinder(epochsKept + MOST_AHEAD + 1);
    }

    /** How far back votes are remembered. */
    static int epochsKept(FinalityRules rules) {
        return (int) Math.max(1, Math.min(MOST_EPOCHS, rules.withdrawalDelayEpochs()));
    }

    /**
     * Takes note of a rightly signed vote; returns evidence when it is the first of an offence.
     *
     * @param epoch the present epoch of the followed chain
     */
    public Optional<FinalityTransaction.Evidence> see(SignedTransaction transaction, long epoch) {
        Address voter = transaction.transaction().sender().address();
        if (!(transaction.transaction().body() instanceof FinalityTransaction.Vote body)
                || !isNear(body.target().epoch(), epoch)
                || found.containsKey(voter)) {
            return Optional.empty();
        }
        Vote vote = new Vote(voter, body.source(), body.target());
        Optional<FinalityTransaction.Evidence> evidence =
                finder.see(vote)
                        .flatMap(offence -> Optional.ofNullable(signed.get(offence.first())))
                        .map(first -> new FinalityTransaction.Evidence(first, transaction));
        signed.putIfAbsent(vote, transaction);
        evidence.ifPresent(proof -> found.put(voter, proof));
        return evidence;
    }

    private boolean isNear(long target, long epoch) {
        return target >= epoch - epochsKept && target <= epoch + MOST_AHEAD;
    }

    /** What is still to be reported where {@code state} holds: the offender has a stake there. */
    public List<FinalityTransaction.Evidence> open(FinalityState state) {
        return found.entrySet().stream()
                .filter(entry -> state.validators().find(entry.getKey()).isPresent())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** All offenders found so far. */
    public Collection<Address> offenders() {
        return List.copyOf(found.keySet());
    }
}
