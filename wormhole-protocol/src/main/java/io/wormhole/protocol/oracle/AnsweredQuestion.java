package io.wormhole.protocol.oracle;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * A settled question, which never changes any more. Small, so that its proof is: what was asked is
 * in the asking transaction.
 *
 * @param id its identity
 * @param asker who asked
 * @param transaction id of the asking transaction, which commits to the text
 * @param ending how it came to its end
 * @param answer what holds; empty when the question has no answer
 * @param evidence hash of what the winning side's answer rests on, where it gave one
 * @param settledAt height of the block that settled it; it acts when that block is final
 */
public record AnsweredQuestion(
        OracleId id,
        Address asker,
        Hash transaction,
        Ending ending,
        Optional<Answer> answer,
        Optional<Hash> evidence,
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
                Hash.readFrom(in),
                in.readEnum(Ending.class),
                in.readBoolean() ? Optional.of(in.readEnum(Answer.class)) : Optional.empty(),
                in.readOptional(Hash::readFrom),
                BlockHeight.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(id).write(asker).write(transaction).writeEnum(ending);
        out.writeBoolean(answer.isPresent());
        answer.ifPresent(out::writeEnum);
        out.writeOptional(evidence).write(settledAt);
    }
}
