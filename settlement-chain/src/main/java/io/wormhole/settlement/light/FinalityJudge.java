package io.wormhole.settlement.light;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.consensus.DynastyQuorum;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.WeakSubjectivity;
import io.wormhole.settlement.genesis.Genesis;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges finality proofs against a trusted checkpoint; pure.
 *
 * <p>A checkpoint is believed to be final when two thirds of the stake that was active after the
 * trusted one have voted for the link from it to the next. Whoever did so wrongly can still be
 * punished, as long as no stake of then can have been paid out: that bounds how far one proof may
 * reach. When stakes have changed by more than the rest, a nearer proof is needed first.
 */
public final class FinalityJudge {
    private final FinalityRules rules;
    private final NetworkId network;
    private final long longestStep;

    /** A judge for the network of {@code genesis}. */
    public FinalityJudge(Genesis genesis) {
        this.rules = genesis.parameters().finality();
        this.network = genesis.networkId();
        long spacing = genesis.parameters().pacing().targetSpacingMillis();
        // A network for trying out often lacks its validators for longer than a stake is bound.
        this.longestStep =
                WeakSubjectivity.isForTryingOut(spacing, rules)
                        ? FinalityRules.MAX_DELAY
                        : Math.max(1, rules.withdrawalDelayEpochs());
    }

    /** What a proof is worth. */
    public sealed interface Verdict {
        /** The checkpoint is final. */
        record Final(TrustedCheckpoint checkpoint) implements Verdict {}

        /** Nothing is wrong with it, but it reaches too far. */
        record TooFar(String why) implements Verdict {}

        /** No honest server gives such a proof. */
        record Forged(String why) implements Verdict {}
    }

    /** The highest epoch that one proof may reach. */
    public long reach(TrustedCheckpoint trusted) {
        return Math.addExact(trusted.epoch(rules), longestStep);
    }

    /** Judges a proof of a checkpoint above {@code trusted}. */
    public Verdict judge(TrustedCheckpoint trusted, FinalityProof proof) {
        long height = proof.header().height().value();
        if (!rules.isCheckpoint(height) || height <= trusted.height()) {
            return new Verdict.Forged("block " + height + " is no later checkpoint");
        }
        long epoch = height / rules.epochLength();
        if (epoch > reach(trusted)) {
            return new Verdict.TooFar(
                    "epoch %d; allowed: up to %d".formatted(epoch, reach(trusted)));
        }
        TreeSet<Address> voters = new TreeSet<>();
        Optional<String> fault = count(proof, epoch, voters);
        if (fault.isPresent()) {
            return new Verdict.Forged(fault.get());
        }
        Map<Address, Amount> stakes = trusted.finality().currentSet();
        if (!DynastyQuorum.isReached(stakes, stakes, voters)) {
            return new Verdict.TooFar(
                    "fewer than two thirds of the stake of epoch %d voted for epoch %d"
                            .formatted(trusted.epoch(rules), epoch));
        }
        return TrustedCheckpoint.of(proof.header(), proof.consensus())
                .<Verdict>map(Verdict.Final::new)
                .orElse(new Verdict.Forged("the stakes are not those of the header"));
    }

    private Optional<String> count(FinalityProof proof, long epoch, Set<Address> voters) {
        Checkpoint source = new Checkpoint(epoch, proof.header().hash());
        Optional<Checkpoint> target = Optional.empty();
        for (SignedTransaction signed : proof.votes()) {
            if (!(signed.transaction().body() instanceof FinalityTransaction.Vote vote)
                    || !vote.source().equals(source)
                    || vote.target().epoch() != epoch + 1
                    || target.filter(other -> !other.equals(vote.target())).isPresent()) {
                return Optional.of("a vote is not for the link from this checkpoint to the next");
            }
            target = Optional.of(vote.target());
            if (!voters.add(signed.transaction().sender().address())) {
                return Optional.of("a validator votes twice");
            }
            if (!signed.isSignedFor(network)) {
                return Optional.of("a vote is not signed by its validator");
            }
        }
        return Optional.empty();
    }
}
