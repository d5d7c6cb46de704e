package io.wormhole.protocol.keystore;

import io.wormhole.protocol.crypto.Bech32m;
import io.wormhole.protocol.crypto.KeyPair;

/** A key pair's secret seed as text, Bech32m with the prefix {@code dsdsec}: to keep on paper. */
public final class SeedText {
    private static final String PREFIX = "dsdsec";

    private SeedText() {}

    /** The secret as text. Whoever sees it owns the key's money. */
    public static String of(KeyPair keys) {
        return Bech32m.encode(PREFIX, keys.seed());
    }

    /** The key pair of a secret in text form; throws without repeating any of the text. */
    @SuppressWarnings("UnusedException") // Its message may hold what was typed, which is secret.
    public static KeyPair parse(String text) {
        try {
            return KeyPair.ofSeed(Bech32m.decode(PREFIX, text));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "not a secret key: it starts with dsdsec1 and is copied whole and unchanged");
        }
    }
}
