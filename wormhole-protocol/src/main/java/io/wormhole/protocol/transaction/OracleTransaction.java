package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.List;

/**
 * Asks, answers, disputes and votes on questions about the world. The data hash of an asking
 * transaction stands for a longer question; that of an answer or counterclaim for its evidence.
 */
public sealed interface OracleTransaction extends TransactionBody {
    /** Longest question in bytes of UTF-8. */
    int MAXIMUM_QUESTION_BYTES = Question.MAXIMUM_TEXT_BYTES;

    /** Asks a yes/no question, answerable from {@code opensAt} for {@code windowBlocks} blocks. */
    record Ask(String question, BlockHeight opensAt, long windowBlocks)
            implements OracleTransaction {
        static Ask readFrom(CanonicalReader in) {
            return new Ask(
                    in.readText(MAXIMUM_QUESTION_BYTES), BlockHeight.readFrom(in), in.readLong());
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeText(question).write(opensAt).writeLong(windowBlocks);
        }
    }

    /** The asker's answer, free of a further deposit. */
    record Give(OracleId oracle, Answer answer) implements OracleTransaction {
        static Give readFrom(CanonicalReader in) {
            return new Give(OracleId.readFrom(in), in.readEnum(Answer.class));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(oracle).writeEnum(answer);
        }
    }

    /** Disputes an answer, or claims an expired question, with a deposit equal to the asker's. */
    record Counterclaim(OracleId oracle, Answer answer, Amount deposit)
            implements OracleTransaction {
        static Counterclaim readFrom(CanonicalReader in) {
            return new Counterclaim(
                    OracleId.readFrom(in), in.readEnum(Answer.class), Amount.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(oracle).writeEnum(answer).write(deposit);
        }
    }

    /** Ends a question whose time is over and pays the deposits out. */
    record Settle(OracleId oracle) implements OracleTransaction {
        static Settle readFrom(CanonicalReader in) {
            return new Settle(OracleId.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(oracle);
        }
    }

    /** The vote of a validator on a disputed question, with all its stake; cast once per window. */
    record StakeVote(OracleId oracle, Answer answer) implements OracleTransaction {
        static StakeVote readFrom(CanonicalReader in) {
            return new StakeVote(OracleId.readFrom(in), in.readEnum(Answer.class));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(oracle).writeEnum(answer);
        }
    }

    /**
     * What one block says to disputed questions: signed by its producer, free of charge, and valid
     * in the producer's own block of this height only.
     */
    record WorkVote(BlockHeight height, List<Say> says) implements OracleTransaction {
        /** Most questions that one block can vote on. */
        public static final int MAXIMUM_SAYS = 64;

        /** Refuses an empty or too long list. */
        public WorkVote {
            says = List.copyOf(says);
            if (says.isEmpty() || says.size() > MAXIMUM_SAYS) {
                throw new IllegalArgumentException(
                        "a block votes on 1 to 64 questions, found " + says.size());
            }
        }

        static WorkVote readFrom(CanonicalReader in) {
            return new WorkVote(BlockHeight.readFrom(in), in.readList(MAXIMUM_SAYS, Say::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(height).writeList(says);
        }
    }

    /** An answer to one question. */
    record Say(OracleId oracle, Answer answer) implements Canonical {
        static Say readFrom(CanonicalReader in) {
            return new Say(OracleId.readFrom(in), in.readEnum(Answer.class));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(oracle).writeEnum(answer);
        }
    }
}
