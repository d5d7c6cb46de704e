package io.wormhole.channel.hop;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Optional;

/**
 * What one node remembers of one payment. The payer has no incoming leg, the payee no outgoing one,
 * a relay has both.
 *
 * @param secret of the payee from the start; of the others once it was shown
 * @param locked whether the outgoing leg was ever locked
 * @param failed whether it will not be: it was refused, or the owner gave it up in time
 */
public record HopPayment(
        Hash hash,
        Optional<Incoming> incoming,
        Optional<Outgoing> outgoing,
        Optional<Bytes> secret,
        boolean locked,
        boolean failed) {
    /**
     * The lock that pays this node.
     *
     * @param expiry known once its secret is, when the lock was seen then
     */
    public record Incoming(ChannelId channel, long lockId, Optional<BlockHeight> expiry) {
        /** A lock that is not seen yet. */
        public Incoming(ChannelId channel, long lockId) {
            this(channel, lockId, Optional.empty());
        }
    }

    /** The lock with which this node pays the next. */
    public record Outgoing(ChannelId channel, long lockId, Amount amount, BlockHeight expiry) {}

    /** Refuses a payment from nowhere to nowhere. */
    public HopPayment {
        if (incoming.isEmpty() && outgoing.isEmpty()) {
            throw new IllegalArgumentException("a payment without a channel");
        }
    }

    /** The payer's. */
    public static HopPayment payer(Hash hash, Outgoing outgoing) {
        return new HopPayment(
                hash, Optional.empty(), Optional.of(outgoing), Optional.empty(), false, false);
    }

    /** A relay's. */
    public static HopPayment relay(Hash hash, Incoming incoming, Outgoing outgoing) {
        return new HopPayment(
                hash, Optional.of(incoming), Optional.of(outgoing), Optional.empty(), false, false);
    }

    /** The payee's, who shows the secret when the lock is what it asked for. */
    public static HopPayment payee(Hash hash, Incoming incoming, Bytes secret) {
        return new HopPayment(
                hash, Optional.of(incoming), Optional.empty(), Optional.of(secret), false, false);
    }

    /** The payee's, who does not show the secret yet. */
    public static HopPayment awaiting(Hash hash, Incoming incoming) {
        return new HopPayment(
                hash, Optional.of(incoming), Optional.empty(), Optional.empty(), false, false);
    }

    /** After the secret was shown, while the incoming lock has this expiry. */
    public HopPayment knowing(Bytes shown, Optional<BlockHeight> expiry) {
        Optional<Incoming> seen =
                incoming.map(in -> new Incoming(in.channel(), in.lockId(), expiry));
        return new HopPayment(hash, seen, outgoing, Optional.of(shown), locked, failed);
    }

    /** After the outgoing leg is locked. */
    public HopPayment afterLock() {
        return new HopPayment(hash, incoming, outgoing, secret, true, failed);
    }

    /** After the next node refused the outgoing leg. */
    public HopPayment afterRefusal() {
        return new HopPayment(hash, incoming, outgoing, secret, locked, true);
    }
}
