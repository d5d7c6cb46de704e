package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key pair. Its text form shows the public key alone. */
public final class KeyPair {
    /** Length of the secret seed in bytes. */
    public static final int SEED_SIZE = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final PublicKey publicKey;

    private KeyPair(byte[] seed) {
        this.seed = seed;
        byte[] encoded = new byte[PublicKey.SIZE];
        Ed25519.generatePublicKey(seed, 0, encoded, 0);
        this.publicKey = new PublicKey(Bytes.of(encoded));
    }

    /** The pair that belongs to a 32-byte secret seed. */
    public static KeyPair ofSeed(Bytes seed) {
        if (seed.size() != SEED_SIZE) {
            throw new IllegalArgumentException("a key seed has 32 bytes, found " + seed.size());
        }
        return new KeyPair(seed.toArray());
    }

    /** A new pair from {@code random}. */
    public static KeyPair generate(SecureRandom random) {
        byte[] seed = new byte[SEED_SIZE];
        random.nextBytes(seed);
        return new KeyPair(seed);
    }

    /** The public half. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The address of the public half. */
    public Address address() {
        return publicKey.address();
    }

    /** The secret seed; for the keystore and for the link layer's certificate alone. */
    public Bytes seed() {
        return Bytes.of(seed);
    }

    /** Signs {@code content} for this tag and network alone. */
    public Signature sign(DomainTag tag, NetworkId network, Bytes content) {
        byte[] message = SignedMessage.of(tag, network, content);
        byte[] signature = new byte[Signature.SIZE];
        Ed25519.sign(
                seed, 0, publicKey.bytes().toArray(), 0, message, 0, message.length, signature, 0);
        return new Signature(Bytes.of(signature));
    }

    @Override
    public String toString() {
        return "KeyPair[" + publicKey + "]";
    }
}
