package io.wormhole.protocol.oracle;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Nonce;

/** A question's identity: the hash of its asker and the nonce of the asking transaction. */
public record OracleId(Hash hash) implements Canonical, Comparable<OracleId> {
    /** The id of the question that {@code asker} asks in its transaction {@code nonce}. */
    public static OracleId of(Address asker, Nonce nonce) {
        return new OracleId(
                Hash.of(
                        DomainTag.ORACLE_ID,
                        new CanonicalWriter().write(asker).write(nonce).toBytes()));
    }

    /** Reads 32 bytes. */
    public static OracleId readFrom(CanonicalReader in) {
        return new OracleId(Hash.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(hash);
    }

    @Override
    public int compareTo(OracleId other) {
        return hash.compareTo(other.hash);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return hash.toHex();
    }
}
