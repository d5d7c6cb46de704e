package io.wormhole.settlement.archive;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.settlement.block.HeaderVerifier;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.ledger.StateProof;

/**
 * A proof of one entry of the state, to be checked by somebody without a node. It shows what the
 * state of that header holds; that the header is on the chain, the reader must know from elsewhere.
 */
public record ProofFile(BlockHeader header, StateProof proof) implements Canonical {
    /** Longest proof in bytes: header, path and the largest value. */
    public static final int MAXIMUM_SIZE = 2 << 20;

    /** Decodes a proof strictly. */
    public static ProofFile decode(Bytes encoded) {
        if (encoded.size() > MAXIMUM_SIZE) {
            throw new IllegalArgumentException(
                    "a proof has at most %d bytes, found %d"
                            .formatted(MAXIMUM_SIZE, encoded.size()));
        }
        return CanonicalReader.decode(
                encoded, in -> new ProofFile(BlockHeader.readFrom(in), StateProof.readFrom(in)));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(header).write(proof);
    }

    /** What the proof shows about the state of its header. */
    public MapVerdict verdict() {
        return proof.verify(header.roots());
    }

    /** Whether the header has the work that its own target asks for on this network. */
    public boolean hasWork(Genesis genesis) {
        return new HeaderVerifier(genesis).hasWork(header);
    }
}
