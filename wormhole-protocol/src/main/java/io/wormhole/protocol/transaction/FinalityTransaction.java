package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Checkpoint;

/** Votes of the finality gadget and proofs that a validator cheated. */
public sealed interface FinalityTransaction extends TransactionBody {
    /**
     * A vote of the sender, free of charge: gas price and nonce are 0, since one vote per validator
     * and epoch is its own protection against repetition.
     */
    record Vote(Checkpoint source, Checkpoint target) implements FinalityTransaction {
        static Vote readFrom(CanonicalReader in) {
            return new Vote(Checkpoint.readFrom(in), Checkpoint.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(source).write(target);
        }
    }

    /** Two signed votes of one validator that contradict each other. */
    record Evidence(SignedTransaction first, SignedTransaction second)
            implements FinalityTransaction {
        /** Refuses what is not two votes. */
        public Evidence {
            requireVote(first);
            requireVote(second);
        }

        private static void requireVote(SignedTransaction evidence) {
            if (!(evidence.transaction().body() instanceof Vote)) {
                throw new IllegalArgumentException("evidence must be two finality votes");
            }
        }

        static Evidence readFrom(CanonicalReader in) {
            return new Evidence(
                    SignedTransaction.readVoteFrom(in), SignedTransaction.readVoteFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeBytes(first.encoded()).writeBytes(second.encoded());
        }
    }
}
