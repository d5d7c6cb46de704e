package io.wormhole.channel.payment;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.Optional;

/**
 * A payment of this node.
 *
 * @param maximumFee the most that all relays together may take
 * @param nextPart the number of the next part: none is used twice
 * @param secret the receipt, once it is paid
 * @param fees what the relays took
 * @param reason why it failed; empty otherwise
 */
public record OutgoingPayment(
        Invoice invoice,
        Amount maximumFee,
        int nextPart,
        State state,
        Optional<Bytes> secret,
        Amount fees,
        String reason) {
    /** What became of it. */
    public enum State {
        UNDER_WAY,
        PAID,
        FAILED
    }

    static OutgoingPayment begun(Invoice invoice, Amount maximumFee, int nextPart) {
        return new OutgoingPayment(
                invoice, maximumFee, nextPart, State.UNDER_WAY, Optional.empty(), Amount.ZERO, "");
    }

    /** Its hash. */
    public Hash hash() {
        return invoice.hash();
    }

    OutgoingPayment afterPart(int part) {
        return new OutgoingPayment(
                invoice, maximumFee, Math.max(nextPart, part + 1), state, secret, fees, reason);
    }

    OutgoingPayment paid(Bytes shown, Amount taken) {
        return new OutgoingPayment(
                invoice, maximumFee, nextPart, State.PAID, Optional.of(shown), taken, "");
    }

    OutgoingPayment failed(String why) {
        return new OutgoingPayment(
                invoice, maximumFee, nextPart, State.FAILED, secret, Amount.ZERO, why);
    }
}
