package io.wormhole.settlement.cuckoo;

import java.util.Arrays;

/**
 * The ways to write a proof as bytes; they give different hashes, so a network names the one it
 * uses.
 */
public enum ProofEncoding {
    /** Each index as little-endian word of 2, 4 or 8 bytes, as the reference tools print it. */
    LITTLE_ENDIAN_WORDS {
        @Override
        int wordBytes(CuckooParameters parameters) {
            boolean pairs = parameters.variant().nodePairs();
            int bits = parameters.edgeBits();
            if (bits <= (pairs ? 16 : 14)) {
                return 2;
            }
            return bits <= (pairs ? 32 : 30) ? 4 : 8;
        }

        @Override
        int bitIndex(CuckooParameters parameters, int position, int bit) {
            return 8 * wordBytes(parameters) * position + bit;
        }
    },
    /** Each index as big-endian word, 4 bytes up to edge bits 31, else 8. */
    BIG_ENDIAN_WORDS {
        @Override
        int wordBytes(CuckooParameters parameters) {
            return parameters.edgeBits() <= 31 ? 4 : 8;
        }

        @Override
        int bitIndex(CuckooParameters parameters, int position, int bit) {
            int bytes = wordBytes(parameters);
            return 8 * (bytes * position + bytes - 1 - bit / 8) + bit % 8;
        }
    },
    /**
     * All indices in a row with exactly edge-bits bits each, lowest bit first; unused bits of the
     * last byte are zero.
     */
    PACKED_BITS {
        @Override
        int bitIndex(CuckooParameters parameters, int position, int bit) {
            return parameters.edgeBits() * position + bit;
        }

        @Override
        int byteLength(CuckooParameters parameters) {
            return (parameters.edgeBits() * parameters.proofSize() + 7) / 8;
        }
    };

    /**
     * Returns the bytes of a proof that has the right number of edges, all in range; refuses any
     * other.
     */
    public byte[] encode(CuckooParameters parameters, CuckooProof proof) {
        requireSize(parameters, proof);
        byte[] bytes = new byte[byteLength(parameters)];
        for (int n = 0; n < proof.size(); n++) {
            long edge = proof.edge(n);
            for (int bit = 0; bit < parameters.edgeBits(); bit++) {
                int index = bitIndex(parameters, n, bit);
                bytes[index / 8] |= (byte) (((edge >>> bit) & 1) << (index % 8));
            }
        }
        return bytes;
    }

    /**
     * Reads exactly what {@link #encode} writes; refuses any other length and any set bit outside
     * of the indices.
     */
    public CuckooProof decode(CuckooParameters parameters, byte[] bytes) {
        if (bytes.length != byteLength(parameters)) {
            throw new IllegalArgumentException(
                    "proof has " + bytes.length + " bytes; allowed: " + byteLength(parameters));
        }
        long[] edges = new long[parameters.proofSize()];
        for (int n = 0; n < edges.length; n++) {
            for (int bit = 0; bit < parameters.edgeBits(); bit++) {
                int index = bitIndex(parameters, n, bit);
                edges[n] |= (long) ((bytes[index / 8] >>> (index % 8)) & 1) << bit;
            }
        }
        CuckooProof proof = CuckooProof.of(edges);
        if (!Arrays.equals(bytes, encode(parameters, proof))) {
            throw new IllegalArgumentException("proof has bits set outside of its edge indices");
        }
        return proof;
    }

    /** Returns the BLAKE2b-256 hash of the encoded proof, which is compared with the target. */
    public byte[] hash(CuckooParameters parameters, CuckooProof proof) {
        return SipHash24.blake2b256(encode(parameters, proof));
    }

    /** Returns the length in bytes of every encoded proof of these parameters. */
    int byteLength(CuckooParameters parameters) {
        return wordBytes(parameters) * parameters.proofSize();
    }

    /**
     * Where a bit of the index at a position lies: byte number times 8 plus bit number, lowest
     * first.
     */
    abstract int bitIndex(CuckooParameters parameters, int position, int bit);

    int wordBytes(CuckooParameters parameters) {
        throw new IllegalStateException("packed proofs have no words");
    }

    private static void requireSize(CuckooParameters parameters, CuckooProof proof) {
        if (proof.size() != parameters.proofSize()) {
            throw new IllegalArgumentException(
                    "proof has " + proof.size() + " edges; allowed: " + parameters.proofSize());
        }
        for (int n = 0; n < proof.size(); n++) {
            long edge = proof.edge(n);
            if (edge < 0 || edge >= parameters.edges()) {
                throw new IllegalArgumentException(
                        "edge "
                                + edge
                                + " of the proof; allowed: 0 to "
                                + (parameters.edges() - 1));
            }
        }
    }
}
