package io.wormhole.isa.bytecode;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.MerkleList;
import io.wormhole.protocol.merkle.MerkleListProof;
import java.util.List;

/**
 * The code hash of a contract: the tagged hash of the number of its functions and the root of the
 * Merkle tree over their encodings (RFC 6962), so that one function can be shown without the rest.
 */
public final class CodeCommitment {
    private CodeCommitment() {}

    /** The code hash of {@code module}. */
    public static Hash of(CodeModule module) {
        return of(module.size(), root(module));
    }

    /** The code hash of a module of {@code count} functions with this Merkle root. */
    static Hash of(int count, Hash root) {
        return Hash.of(
                DomainTag.CONTRACT_CODE,
                new CanonicalWriter().writeInt(count).write(root).toBytes());
    }

    static Hash root(CodeModule module) {
        return MerkleList.root(leaves(module));
    }

    static MerkleListProof prove(CodeModule module, int index) {
        return MerkleList.prove(leaves(module), index);
    }

    private static List<Bytes> leaves(CodeModule module) {
        return module.functions().stream().map(FunctionCode::encoded).toList();
    }
}
