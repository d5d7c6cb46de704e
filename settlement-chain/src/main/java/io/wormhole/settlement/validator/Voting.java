package io.wormhole.settlement.validator;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.consensus.SlashingProtection;
import io.wormhole.settlement.consensus.Vote;
import io.wormhole.settlement.store.StoredBlock;
import io.wormhole.settlement.store.VoteRecord;
import java.util.Optional;

/** Decides what a validator signs; pure. */
public final class Voting {
    private final KeyPair key;
    private final NetworkId network;
    private final FinalityRules rules;

    /** Decisions of the validator with {@code key}. */
    public Voting(KeyPair key, NetworkId network, FinalityRules rules) {
        this.key = key;
        this.network = network;
        this.rules = rules;
    }

    /** What to do about the epoch that the next block belongs to. */
    public sealed interface Decision {
        /** Nothing. */
        record Nothing() implements Decision {}

        /** Store this vote, then send it. */
        record Sign(VoteRecord vote, SignedTransaction signed) implements Decision {}

        /** Send again, byte by byte, what was signed before. */
        record Repeat(SignedTransaction signed) implements Decision {}
    }

    /** The validator. */
    public Address address() {
        return key.address();
    }

    /**
     * What to do when {@code head} is the head.
     *
     * @param state finality after the head
     * @param last the vote signed last, on any chain
     */
    public Decision decide(StoredBlock head, FinalityState state, Optional<VoteRecord> last) {
        long height = head.index().height();
        // In its first quarter an epoch may still change its checkpoint by a short reorganisation.
        if (height % rules.epochLength() < rules.epochLength() / 4) {
            return new Decision.Nothing();
        }
        return state.beginBlock(height + 1, head.index().hash(), rules)
                .state()
                .voteFor(key.address())
                .map(vote -> decide(vote, last))
                .orElse(new Decision.Nothing());
    }

    private Decision decide(Vote vote, Optional<VoteRecord> last) {
        SlashingProtection protection =
                last.map(
                                signed ->
                                        new SlashingProtection(
                                                signed.sourceEpoch(), signed.targetEpoch()))
                        .orElse(SlashingProtection.NONE);
        if (protection.permits(vote)) {
            return sign(vote);
        }
        return last.map(record -> SignedTransaction.decode(record.signed()))
                .filter(signed -> isFor(signed, vote))
                .<Decision>map(Decision.Repeat::new)
                .orElse(new Decision.Nothing());
    }

    private static boolean isFor(SignedTransaction signed, Vote vote) {
        return signed.transaction()
                .body()
                .equals(new FinalityTransaction.Vote(vote.source(), vote.target()));
    }

    private Decision sign(Vote vote) {
        SignedTransaction signed =
                Transaction.of(
                                key.publicKey(),
                                Nonce.ZERO,
                                Amount.ZERO,
                                new FinalityTransaction.Vote(vote.source(), vote.target()))
                        .signedBy(key, network);
        return new Decision.Sign(
                new VoteRecord(
                        key.address(),
                        vote.source().epoch(),
                        vote.target().epoch(),
                        signed.encoded()),
                signed);
    }
}
