package io.wormhole.oracle.rules;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.OracleTransaction;
import java.util.Optional;

/**
 * A settled question, which never changes any more.
 *
 * @param id its identity
 * @param asker who asked
 * @param text the question
 * @param ending how it came to its end
 * @param answer what holds; empty when the question has no answer
 * @param settledAt height of the block that settled it; it acts when that block is final
 */
public record AnsweredQuestion(
        OracleId id,
        Address asker,
        String text,
        Ending ending,
        Optional<Answer> answer,
        BlockHeight settledAt)
        implements Canonical {
    /** How a question came to its end. */
    public enum Ending {
        /** The asker answered and nobody disputed it. */
        UNDISPUTED,
        /** Both chambers agreed. */
        VOTED,
        /** Two votes decided nothing: contracts use their refund branch. */
        UNRESOLVED,
        /** Nobody answered and nobody claimed it. */
        SILENT
    }

    /** Reads a settled question in the order of the fields. */
    public static AnsweredQuestion readFrom(CanonicalReader in) {
        return new AnsweredQuestion(
                OracleId.readFrom(in),
                Address.readFrom(in),
                in.readText(OracleTransaction.MAXIMUM_QUESTION_BYTES),
                in.readEnum(Ending.class),
                in.readBoolean() ? Optional.of(in.readEnum(Answer.class)) : Optional.empty(),
                BlockHeight.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(id).write(asker).writeText(text).writeEnum(ending);
        out.writeBoolean(answer.isPresent());
        answer.ifPresent(out::writeEnum);
        out.write(settledAt);
    }
}
