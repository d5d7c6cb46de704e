package io.wormhole.protocol.oracle;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.merkle.MapProof;
import io.wormhole.protocol.merkle.MapVerdict;
import java.util.Optional;

/**
 * An answer with all that shows it, for a channel or a contract: whoever knows that the header is
 * final on its chain needs to trust nobody.
 *
 * @param header of a block after the answer's
 * @param oracle which question
 * @param path from the header's root of answered oracles
 */
public record AnswerProof(BlockHeader header, OracleId oracle, MapProof path) implements Canonical {
    /** Decodes a proof strictly. */
    public static AnswerProof decode(Bytes encoded) {
        return CanonicalReader.decode(
                encoded,
                in ->
                        new AnswerProof(
                                BlockHeader.readFrom(in),
                                OracleId.readFrom(in),
                                MapProof.readFrom(in)));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(header).write(oracle).write(path);
    }

    /**
     * The settled question that the header's state holds; empty when it holds none, or when the
     * path does not belong to it. Ask first whether the header is final.
     */
    public Optional<AnsweredQuestion> settled() {
        MapVerdict verdict = path.verify(header.roots().answeredOracles(), oracle.hash());
        return verdict instanceof MapVerdict.Present present
                ? Optional.of(CanonicalReader.decode(present.value(), AnsweredQuestion::readFrom))
                : Optional.empty();
    }
}
