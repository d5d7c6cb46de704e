package io.wormhole.settlement.store;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;

/**
 * A vote that a validator of this node has signed.
 *
 * @param validator who signed
 * @param sourceEpoch epoch of the link's source
 * @param targetEpoch epoch of the link's target
 * @param signed the signed transaction's encoding, to be sent again unchanged
 */
public record VoteRecord(Address validator, long sourceEpoch, long targetEpoch, Bytes signed)
        implements Canonical {
    private static final int MAXIMUM_SIGNED_BYTES = 4096;

    /** Reads a record in the order of the fields. */
    public static VoteRecord readFrom(CanonicalReader in) {
        return new VoteRecord(
                Address.readFrom(in),
                in.readLong(),
                in.readLong(),
                in.readBytes(MAXIMUM_SIGNED_BYTES));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(validator).writeLong(sourceEpoch).writeLong(targetEpoch).writeBytes(signed);
    }

    /** What forbids all that this vote or another one forbids. */
    public VoteRecord stricter(VoteRecord other) {
        return new VoteRecord(
                validator,
                Math.max(sourceEpoch, other.sourceEpoch()),
                Math.max(targetEpoch, other.targetEpoch()),
                targetEpoch >= other.targetEpoch() ? signed : other.signed());
    }
}
