package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;

/** Asks, answers and disputes questions about the world. */
public sealed interface OracleTransaction extends TransactionBody {
    /** Longest question in bytes of UTF-8. */
    int MAXIMUM_QUESTION_BYTES = 1024;

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
}
