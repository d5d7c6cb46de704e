package io.wormhole.protocol.oracle;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * A question that is not settled, as the map of open oracles holds it.
 *
 * @param id its identity
 * @param asker who asked, and alone can answer
 * @param subject what is asked
 * @param opensAt first height at which the asker can answer
 * @param windowBlocks how many blocks the asker can answer
 * @param deposit what the asker deposited
 * @param given the asker's answer
 * @param dispute the counterclaim
 */
public record Question(
        OracleId id,
        Address asker,
        Subject subject,
        BlockHeight opensAt,
        long windowBlocks,
        Amount deposit,
        Optional<Given> given,
        Optional<Dispute> dispute)
        implements Canonical {
    /** Longest text in bytes of UTF-8. */
    public static final int MAXIMUM_TEXT_BYTES = 1024;

    /**
     * What is asked.
     *
     * @param text the question; may be blank when {@code content} stands for a longer one
     * @param content hash of a longer question or of terms that belong to it
     * @param transaction id of the asking transaction, which commits to all of it
     */
    public record Subject(String text, Optional<Hash> content, Hash transaction)
            implements Canonical {
        /** Reads text, content and transaction. */
        public static Subject readFrom(CanonicalReader in) {
            return new Subject(
                    in.readText(MAXIMUM_TEXT_BYTES),
                    in.readOptional(Hash::readFrom),
                    Hash.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeText(text).writeOptional(content).write(transaction);
        }
    }

    /** An answer, the height of the block that holds it, and the hash of what it rests on. */
    public record Given(Answer answer, BlockHeight at, Optional<Hash> evidence)
            implements Canonical {
        /** Reads answer, height and evidence. */
        public static Given readFrom(CanonicalReader in) {
            return new Given(
                    in.readEnum(Answer.class),
                    BlockHeight.readFrom(in),
                    in.readOptional(Hash::readFrom));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.writeEnum(answer).write(at).writeOptional(evidence);
        }
    }

    /**
     * A counterclaim; its deposit equals the asker's.
     *
     * @param challenger who disputes
     * @param claim what it says instead, and when
     * @param round 0 in the first voting window, 1 in the extension
     * @param votesFrom first height of the present voting window
     */
    public record Dispute(Address challenger, Given claim, int round, BlockHeight votesFrom)
            implements Canonical {
        /** Reads the fields in order. */
        public static Dispute readFrom(CanonicalReader in) {
            return new Dispute(
                    Address.readFrom(in),
                    Given.readFrom(in),
                    in.readU8(),
                    BlockHeight.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(challenger).write(claim).writeU8(round).write(votesFrom);
        }

        /** The same dispute in its one extension, whose votes begin at {@code height}. */
        public Dispute extended(BlockHeight height) {
            return new Dispute(challenger, claim, round + 1, height);
        }
    }

    /** Reads a question in the order of the fields. */
    public static Question readFrom(CanonicalReader in) {
        return new Question(
                OracleId.readFrom(in),
                Address.readFrom(in),
                Subject.readFrom(in),
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
                .write(subject)
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

    /** The same question with the asker's answer. */
    public Question answered(Given answer) {
        return new Question(
                id, asker, subject, opensAt, windowBlocks, deposit, Optional.of(answer), dispute);
    }

    /** The same question with a dispute, or with the dispute in another round. */
    public Question disputed(Dispute counterclaim) {
        return new Question(
                id,
                asker,
                subject,
                opensAt,
                windowBlocks,
                deposit,
                given,
                Optional.of(counterclaim));
    }
}
