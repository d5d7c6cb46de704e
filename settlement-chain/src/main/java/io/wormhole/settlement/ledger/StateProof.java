package io.wormhole.settlement.ledger;

import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.MapProof;
import io.wormhole.protocol.merkle.MapVerdict;

/** What stands at one key of the ledger, or that nothing does, for whoever knows a header. */
public record StateProof(StateTree tree, Hash key, MapProof proof) implements Canonical {
    /** Decodes a proof strictly. */
    public static StateProof decode(Bytes encoded) {
        return CanonicalReader.decode(encoded, StateProof::readFrom);
    }

    /** Reads tree, key and proof. */
    public static StateProof readFrom(CanonicalReader in) {
        return new StateProof(
                in.readEnum(StateTree.class), Hash.readFrom(in), MapProof.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeEnum(tree).write(key).write(proof);
    }

    /** What this proves about the ledger after the block with these roots. */
    public MapVerdict verify(BlockRoots roots) {
        return proof.verify(tree.rootIn(roots), key);
    }
}
