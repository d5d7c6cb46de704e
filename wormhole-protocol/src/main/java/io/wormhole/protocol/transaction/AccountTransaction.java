package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.Address;

/** What can be done to accounts beyond paying them. */
public sealed interface AccountTransaction extends TransactionBody {
    /** Deletes an account that cannot pay its rent; the sender earns the reward. */
    record Delete(Address account) implements AccountTransaction {
        static Delete readFrom(CanonicalReader in) {
            return new Delete(Address.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(account);
        }
    }
}
