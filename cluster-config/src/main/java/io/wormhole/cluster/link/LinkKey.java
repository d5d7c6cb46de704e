package io.wormhole.cluster.link;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The Ed25519 public key that names one end of a link.
 *
 * <p>Only canonical points of the prime-order group are accepted, so two different keys are never
 * the same identity and no key exists for which everybody can sign.
 */
public final class LinkKey {
    /** Length of an Ed25519 public key in bytes (RFC 8032). */
    public static final int LENGTH_BYTES = Ed25519.PUBLIC_KEY_SIZE;

    private final byte[] key;

    private LinkKey(byte[] key) {
        this.key = key;
    }

    /**
     * Takes a public key from its 32 bytes (RFC 8032 encoding).
     *
     * @throws IllegalArgumentException when the length is not 32 or the bytes are not a sound point
     */
    public static LinkKey of(byte[] publicKey) {
        if (publicKey.length != LENGTH_BYTES) {
            throw new IllegalArgumentException(
                    "a link key has " + LENGTH_BYTES + " bytes, not " + publicKey.length);
        }
        if (!Ed25519.validatePublicKeyFull(publicKey, 0)) {
            throw new IllegalArgumentException(
                    "not a sound Ed25519 public key: " + HexFormat.of().formatHex(publicKey));
        }
        return new LinkKey(publicKey.clone());
    }

    /** A fresh copy of the 32 bytes. */
    public byte[] bytes() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkKey that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** The key in lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(key);
    }
}
