package io.wormhole.settlement.light;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.merkle.PartialMap;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.consensus.ValidatorSet;
import java.util.List;

/**
 * Shows that a checkpoint is final: the votes for the link from it to the very next checkpoint, and
 * the stakes after it, so that the next proof can be judged.
 *
 * @param header of the checkpoint
 * @param consensus the part of the consensus map after it that holds the finality state
 * @param votes each with this checkpoint as source and the next as target, each of another
 *     validator
 */
public record FinalityProof(BlockHeader header, PartialMap consensus, List<SignedTransaction> votes)
        implements Canonical {
    /** Copies the list. */
    public FinalityProof {
        votes = List.copyOf(votes);
    }

    /** Decodes a proof strictly. */
    public static FinalityProof decode(Bytes encoded) {
        return CanonicalReader.decode(encoded, FinalityProof::readFrom);
    }

    /** Reads the fields in order. */
    public static FinalityProof readFrom(CanonicalReader in) {
        return new FinalityProof(
                BlockHeader.readFrom(in),
                PartialMap.readFrom(in),
                in.readList(ValidatorSet.MAX_VALIDATORS, SignedTransaction::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(header).write(consensus).writeList(votes);
    }
}
