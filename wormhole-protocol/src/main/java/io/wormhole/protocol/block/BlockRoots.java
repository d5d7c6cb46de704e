package io.wormhole.protocol.block;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Hash;

/**
 * The roots in a header: of the block's transactions (RFC 6962), of the six state maps after them,
 * and the hash of the witness.
 */
public record BlockRoots(
        Hash transactions,
        Hash accounts,
        Hash names,
        Hash wormholes,
        Hash openOracles,
        Hash answeredOracles,
        Hash consensus,
        Hash witness)
        implements Canonical {
    /** Reads eight hashes in the order of the fields. */
    public static BlockRoots readFrom(CanonicalReader in) {
        return new BlockRoots(
                Hash.readFrom(in),
                Hash.readFrom(in),
                Hash.readFrom(in),
                Hash.readFrom(in),
                Hash.readFrom(in),
                Hash.readFrom(in),
                Hash.readFrom(in),
                Hash.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(transactions)
                .write(accounts)
                .write(names)
                .write(wormholes)
                .write(openOracles)
                .write(answeredOracles)
                .write(consensus)
                .write(witness);
    }
}
