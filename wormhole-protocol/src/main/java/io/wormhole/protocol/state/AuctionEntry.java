package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.naming.Name;

/**
 * A running auction of a short name; it holds the money of the highest bid.
 *
 * @param name what is sold
 * @param bidder who offers most
 * @param amount how much
 * @param endsAt from this height on nobody can bid, and the name can be claimed for the bidder
 */
public record AuctionEntry(Name name, Address bidder, Amount amount, BlockHeight endsAt)
        implements Canonical {
    /** The first byte, which no other entry for names has. */
    public static final int MARK = 0xa0;

    /** Reads mark and fields. */
    public static AuctionEntry readFrom(CanonicalReader in) {
        if (in.readU8() != MARK) {
            throw in.fault("not an auction");
        }
        return new AuctionEntry(
                Name.readFrom(in),
                Address.readFrom(in),
                Amount.readFrom(in),
                BlockHeight.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.writeU8(MARK).write(name).write(bidder).write(amount).write(endsAt);
    }
}
