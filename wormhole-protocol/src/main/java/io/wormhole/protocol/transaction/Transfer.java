package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;

/** Moves money from the sender to {@code to}. */
public record Transfer(Address to, Amount amount) implements TransactionBody {
    static Transfer readFrom(CanonicalReader in) {
        return new Transfer(Address.readFrom(in), Amount.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(to).write(amount);
    }
}
