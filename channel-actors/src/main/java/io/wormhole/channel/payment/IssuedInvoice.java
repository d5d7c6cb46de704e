package io.wormhole.channel.payment;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.protocol.bytes.Bytes;

/** An invoice of this node, with the secret behind it. */
public record IssuedInvoice(Invoice invoice, Bytes secret, State state) {
    /** What became of it. */
    public enum State {
        /** Nobody has paid it. */
        OPEN,
        /** The locks reached the amount: the secret is shown. */
        ACCEPTED,
        /** The money is in the channels. */
        PAID,
        /** It was not paid in time. */
        EXPIRED
    }

    IssuedInvoice in(State next) {
        return new IssuedInvoice(invoice, secret, next);
    }
}
