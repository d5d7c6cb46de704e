package io.wormhole.oracle.rules;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.util.Optional;

/**
 * A question that is not settled yet.
 *
 * @param id its identity
 * @param asker who asked and may answer
 * @param text the question
 * @param opensAt first height at which it can be answered
 * @param windowBlocks for how many blocks
 * @param deposit what the asker has put down
 * @param given the asker's answer
 * @param dispute the counterclaim
 */
public record Question(
        OracleId id,
        Address asker,
        String text,
        BlockHeight opensAt,
        long windowBlocks,
        Amount deposit,
        Optional<Given> given,
        Optional<Dispute> dispute)
        implements Canonical {

    /** An answer and the height of the block that holds it. */
    public record Given(Answer answer, BlockHeight at) implements Canonical {
        /** Reads answer and height. */
        public static Given readFrom(CanonicalReader in) {
            return new Given(in.readEnum(Answer.class), BlockHeight.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeEnum(answer).write(at);
        }
    }

    /** A counterclaim; its deposit equals the asker's. */
    public record Dispute(Address challenger, Answer answer, BlockHeight at) implements Canonical {
        /** Reads challenger, answer and height. */
        public static Dispute readFrom(CanonicalReader in) {
            return new Dispute(
                    Address.readFrom(in), in.readEnum(Answer.class), BlockHeight.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(challenger).writeEnum(answer).write(at);
        }
    }

    /** Reads a question in the order of the fields. */
    public static Question readFrom(CanonicalReader in) {
        return new Question(
                OracleId.readFrom(in),
                Address.readFrom(in),
                in.readText(OracleTransaction.MAXIMUM_QUESTION_BYTES),
                BlockHeight.readFrom(in),
                in.readLong(),
                Amount.readFrom(in),
                in.readOptional(Given::readFrom),
                in.readOptional(Dispute::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(id)
                .write(asker)
                .writeText(text)
                .write(opensAt)
                .writeLong(windowBlocks)
                .write(deposit)
                .writeOptional(given)
                .writeOptional(dispute);
    }

    /** First height at which the asker can no longer answer. */
    public BlockHeight windowEndsAt() {
        return opensAt.plus(windowBlocks);
    }

    /** All money that the question holds: one deposit, or two when it is disputed. */
    public Amount held() {
        return dispute.isPresent() ? deposit.plus(deposit) : deposit;
    }

    /** First height at which nobody can dispute any more. */
    public BlockHeight undisputableFrom(OracleTerms terms) {
        return given.map(Given::at).orElse(windowEndsAt()).plus(terms.counterclaimBlocks());
    }

    Question answered(Answer answer, BlockHeight at) {
        return new Question(
                id,
                asker,
                text,
                opensAt,
                windowBlocks,
                deposit,
                Optional.of(new Given(answer, at)),
                dispute);
    }

    Question disputed(Dispute counterclaim) {
        return new Question(
                id, asker, text, opensAt, windowBlocks, deposit, given, Optional.of(counterclaim));
    }
}
