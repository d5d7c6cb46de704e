package io.wormhole.protocol.channel;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;

/** One party of a channel: its key and what it locks at the opening. */
public record Participant(PublicKey key, Amount deposit) implements Canonical {
    /** Reads key and deposit. */
    public static Participant readFrom(CanonicalReader in) {
        return new Participant(PublicKey.readFrom(in), Amount.readFrom(in));
    }

    @Override
    public void writeTo(CanonicalWriter out) {
        out.write(key).write(deposit);
    }

    /** Where this party is paid. */
    public Address address() {
        return key.address();
    }
}
