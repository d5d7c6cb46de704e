package io.wormhole.protocol.crypto;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;

/** Where money is held: the hash of a public key, shown as Bech32m with the prefix {@code dsd}. */
public record Address(Hash hash) implements Canonical, Comparable<Address> {
    private static final String PREFIX = "dsd";

    /** Parses the Bech32m text form; refuses other prefixes, lengths and checksums. */
    public static Address parse(String text) {
        return new Address(new Hash(Bech32m.decode(PREFIX, text)));
    }

    /** Reads 32 bytes. */
    public static Address readFrom(CanonicalReader in) {
        return new Address(Hash.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(hash);
    }

    @Override
    public int compareTo(Address other) {
        return hash.compareTo(other.hash);
    }

    /** The Bech32m text form. */
    @Override
    public String toString() {
        return Bech32m.encode(PREFIX, hash.bytes());
    }
}
