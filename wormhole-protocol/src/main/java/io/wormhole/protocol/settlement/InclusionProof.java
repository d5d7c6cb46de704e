package io.wormhole.protocol.settlement;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.merkle.MerkleListProof;
import io.wormhole.protocol.transaction.SignedTransaction;

/** Shows that a block holds a transaction; the reader must know the header from its own chain. */
public record InclusionProof(
        BlockHeader header, SignedTransaction transaction, MerkleListProof path)
        implements Canonical {
    /** Decodes a proof strictly. */
    public static InclusionProof decode(Bytes encoded) {
        return CanonicalReader.decode(
                encoded,
                in ->
                        new InclusionProof(
                                BlockHeader.readFrom(in),
                                SignedTransaction.readFrom(in),
                                MerkleListProof.readFrom(in)));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(header).write(transaction).write(path);
    }

    /** Whether the path leads from the transaction to the header's root. */
    public boolean holds() {
        return path.verifies(header.roots().transactions(), transaction.encoded());
    }
}
