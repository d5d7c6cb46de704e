package io.wormhole.protocol.transaction;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.ledger.Amount;

/** Joins and leaves the validators; the validator is the sender. */
public sealed interface StakeTransaction extends TransactionBody {
    /** Locks {@code amount} as stake. */
    record Deposit(Amount amount) implements StakeTransaction {
        static Deposit readFrom(CanonicalReader in) {
            return new Deposit(Amount.readFrom(in));
        }

        @Override
        public void writeTo(CanonicalWriter out) {
            out.write(amount);
        }
    }

    /** Announces to leave. */
    record Logout() implements StakeTransaction {
        @Override
        public void writeTo(CanonicalWriter out) {}
    }

    /** Takes the stake back after the delay. */
    record Withdraw() implements StakeTransaction {
        @Override
        public void writeTo(CanonicalWriter out) {}
    }
}
