package io.wormhole.isa.bytecode;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.bytes.MalformedBytesException;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.MerkleListProof;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Some functions of a module with their proofs: what a dispute shows instead of the whole code. All
 * proofs lead to one root, or the value cannot be made.
 *
 * @param size how many functions the module has
 * @param root the Merkle root over their encodings
 * @param parts the functions shown, by ascending index
 */
public record RevealedCode(int size, Hash root, List<Part> parts)
        implements Canonical, FunctionTable {
    private static final Bytes MAGIC = Bytes.of((byte) 'W', (byte) 'H', (byte) 'R', (byte) 1);

    /** One function and the proof of its place. */
    public record Part(FunctionCode function, MerkleListProof proof) implements Canonical {
        static Part readFrom(CanonicalReader in) {
            return new Part(FunctionCode.readFrom(in), MerkleListProof.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(function).write(proof);
        }
    }

    /** Refuses no parts, parts out of order, and proofs that do not lead to the root. */
    public RevealedCode {
        parts = List.copyOf(parts);
        if (size < 1 || size > CodeLimits.MAX_FUNCTIONS || parts.isEmpty()) {
            throw new IllegalArgumentException(
                    parts.size() + " functions revealed of a module of " + size);
        }
        int last = -1;
        for (Part part : parts) {
            MerkleListProof proof = part.proof();
            if (proof.index() <= last) {
                throw new IllegalArgumentException("revealed functions must ascend by index");
            }
            if (proof.size() != size || !proof.verifies(root, part.function().encoded())) {
                throw new IllegalArgumentException(
                        "the proof of " + part.function().name() + " does not lead to the root");
            }
            last = proof.index();
        }
    }

    /** Shows the functions of {@code module} at {@code indices}. */
    public static RevealedCode of(CodeModule module, SortedSet<Integer> indices) {
        List<Part> parts =
                indices.stream()
                        .map(
                                index ->
                                        new Part(
                                                module.functions().get(index),
                                                CodeCommitment.prove(module, index)))
                        .toList();
        return new RevealedCode(module.size(), CodeCommitment.root(module), parts);
    }

    /**
     * Reads whole or revealed code, whichever the bytes are.
     *
     * @throws MalformedBytesException when they are neither
     */
    public static FunctionTable decodeAny(Bytes encoded) {
        boolean revealed =
                encoded.size() >= MAGIC.size() && encoded.slice(0, MAGIC.size()).equals(MAGIC);
        if (!revealed) {
            return CodeModule.decode(encoded);
        }
        if (encoded.size() > CodeLimits.MAX_MODULE_BYTES) {
            throw new MalformedBytesException(
                    0,
                    "code of " + encoded.size() + " bytes, allowed " + CodeLimits.MAX_MODULE_BYTES);
        }
        return CanonicalReader.decode(encoded, RevealedCode::readFrom);
    }

    private static RevealedCode readFrom(CanonicalReader in) {
        in.readFixed(MAGIC.size());
        return new RevealedCode(
                in.readInt(),
                Hash.readFrom(in),
                in.readList(CodeLimits.MAX_FUNCTIONS, Part::readFrom));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeFixed(MAGIC).writeInt(size).write(root).writeList(parts);
    }

    @Override
    public Optional<FunctionCode> function(int index) {
        return parts.stream()
                .filter(part -> part.proof().index() == index)
                .map(Part::function)
                .findFirst();
    }

    @Override
    public Hash commitment() {
        return CodeCommitment.of(size, root);
    }
}
