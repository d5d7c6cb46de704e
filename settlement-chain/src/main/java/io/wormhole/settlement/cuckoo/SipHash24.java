package io.wormhole.settlement.cuckoo;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * SipHash-2-4 with the four state words loaded straight from the key, as all Cuckoo Cycle variants
 * use it.
 *
 * @param k0 first state word
 * @param k1 second state word
 * @param k2 third state word
 * @param k3 fourth state word
 */
public record SipHash24(long k0, long k1, long k2, long k3) {
    private static final int KEY_BYTES = 32;

    /**
     * Returns the keys of the graph of a header: BLAKE2b-256 of it, as four little-endian words.
     */
    public static SipHash24 ofHeader(byte[] header) {
        byte[] key = blake2b256(header);
        return new SipHash24(
                littleEndian(key, 0),
                littleEndian(key, 8),
                littleEndian(key, 16),
                littleEndian(key, 24));
    }

    /** Returns the 64-bit hash of one 64-bit word. */
    public long hash(long word) {
        long v0 = k0;
        long v1 = k1;
        long v2 = k2;
        long v3 = k3 ^ word;
        for (int round = 0; round < 6; round++) {
            if (round == 2) {
                v0 ^= word;
                v2 ^= 0xff;
            }
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** BLAKE2b with a 32-byte digest and no key. */
    static byte[] blake2b256(byte[] message) {
        Blake2bDigest digest = new Blake2bDigest(8 * KEY_BYTES);
        digest.update(message, 0, message.length);
        byte[] out = new byte[KEY_BYTES];
        digest.doFinal(out, 0);
        return out;
    }

    private static long littleEndian(byte[] bytes, int offset) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = (word << 8) | (bytes[offset + i] & 0xff);
        }
        return word;
    }
}
