package io.wormhole.channel.payment;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/** What a node stores of payments; its book is rebuilt from these alone. */
public sealed interface PaymentEvent {
    /**
     * Whether this need not be on the disk before what follows from it. Channels share the log of
     * this node: by the time that anything is signed that follows from it, it is on the disk.
     */
    default boolean isSoonEnough() {
        return true;
    }

    /** An invoice was signed, with this secret behind it. */
    record InvoiceIssued(Invoice invoice, Bytes secret) implements PaymentEvent {}

    /** The locks for an invoice reached its amount: from here on the secret is shown. */
    record InvoiceAccepted(Hash hash) implements PaymentEvent {
        /** The secret cannot be taken back. */
        @Override
        public boolean isSoonEnough() {
            return false;
        }
    }

    /** Nothing more happens to an invoice. */
    record InvoiceClosed(Hash hash, boolean paid) implements PaymentEvent {}

    /** The owner wants an invoice to be paid, by parts from {@code firstPart} on. */
    record PaymentBegun(Invoice invoice, Amount maximumFee, int firstPart)
            implements PaymentEvent {}

    /** The payee has shown the secret. */
    record PaymentPaid(Hash hash, Bytes secret, Amount fees) implements PaymentEvent {}

    /** No part is under way any more, and no other way is left. */
    record PaymentFailed(Hash hash, String reason) implements PaymentEvent {}

    /** This node takes part in a part of a payment. */
    record HopBegun(Hop hop) implements PaymentEvent {}

    /** The outgoing lock is asked for. */
    record HopAsked(Hop.Key key) implements PaymentEvent {}

    /** The outgoing lock stands, or stood. */
    record HopLocked(Hop.Key key) implements PaymentEvent {}

    /** The secret was shown, while the incoming lock had this expiry, if it was seen. */
    record HopKnows(Hop.Key key, Bytes secret, Optional<BlockHeight> incomingExpiry)
            implements PaymentEvent {}

    /** The outgoing lock will not be, or the payee does not want the incoming one. */
    record HopFailed(Hop.Key key) implements PaymentEvent {}

    /** Nothing is left to do. */
    record HopOver(Hop.Key key, boolean paid) implements PaymentEvent {}

    /** The blocks up to this final height have nothing more to tell. */
    record ChainRead(BlockHeight finalHeight) implements PaymentEvent {}
}
