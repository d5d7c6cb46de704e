package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Bytes;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Strict verification of Ed25519 signatures (RFC 8032). The points of keys that were seen lately
 * are kept, because decoding one takes a tenth of a verification, and so are hashes of signatures
 * that were found valid: the same one is met again when a block has what the mempool had, or a step
 * that was proposed is carried out. What is kept changes no result, for validity is a function of
 * the bytes.
 */
public final class SignatureCheck {
    private static final int KEYS_KEPT = 4_096;
    private static final int SIGNATURES_KEPT = 16_384;

    private static final Recent<Bytes, Ed25519.PublicPoint> POINTS = new Recent<>(KEYS_KEPT);
    private static final Recent<Bytes, Boolean> VALID = new Recent<>(SIGNATURES_KEPT);

    private SignatureCheck() {}

    /** Whether {@code key} is the canonical encoding of a point that is not of small order. */
    static boolean isKey(Bytes key) {
        return point(key).isPresent();
    }

    /** Whether it is a valid signature; false, too, for keys and signatures of wrong form. */
    public static boolean isValid(Bytes key, byte[] message, Bytes signature) {
        if (key.size() != PublicKey.SIZE || signature.size() != Signature.SIZE) {
            return false;
        }
        byte[] signed = signature.toArray();
        Bytes identity = identity(key, message, signed);
        if (VALID.find(identity).isPresent()) {
            return true;
        }
        boolean valid =
                point(key)
                        .map(point -> Ed25519.verify(signed, 0, point, message, 0, message.length))
                        .orElse(false);
        if (valid) {
            VALID.keep(identity, true);
        }
        return valid;
    }

    // Key and signature have fixed lengths, so no two triples have the same bytes.
    private static Bytes identity(Bytes key, byte[] message, byte[] signature) {
        MessageDigest digest = Hash.sha256();
        digest.update(key.toArray());
        digest.update(signature);
        digest.update(message);
        return Bytes.of(digest.digest());
    }

    private static Optional<Ed25519.PublicPoint> point(Bytes key) {
        Optional<Ed25519.PublicPoint> known = POINTS.find(key);
        if (known.isPresent()) {
            return known;
        }
        Optional<Ed25519.PublicPoint> decoded =
                Optional.ofNullable(Ed25519.validatePublicKeyPartialExport(key.toArray(), 0));
        decoded.ifPresent(point -> POINTS.keep(key, point));
        return decoded;
    }

    /** The entries that were asked for lately, at most so many. */
    private static final class Recent<K, V> {
        private final Map<K, V> entries;

        Recent(int most) {
            this.entries =
                    new LinkedHashMap<>(64, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                            return size() > most;
                        }
                    };
        }

        synchronized Optional<V> find(K key) {
            return Optional.ofNullable(entries.get(key));
        }

        synchronized void keep(K key, V value) {
            entries.put(key, value);
        }
    }
}
