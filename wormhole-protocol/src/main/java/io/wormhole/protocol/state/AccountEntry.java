package io.wormhole.protocol.state;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;

/** An account: free money, last used nonce, and the height up to which its rent is paid. */
public record AccountEntry(Amount balance, Nonce nonce, BlockHeight lastTouched)
        implements Canonical {
    /** Reads an entry in the order of the fields. */
    public static AccountEntry readFrom(CanonicalReader in) {
        return new AccountEntry(Amount.readFrom(in), Nonce.readFrom(in), BlockHeight.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(balance).write(nonce).write(lastTouched);
    }
}
