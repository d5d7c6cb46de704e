package io.wormhole.channel.payment;

import io.wormhole.channel.hop.HopPayment;
import io.wormhole.channel.update.LockIds;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;

/**
 * One node's place in one part of a payment.
 *
 * @param rest the legs after this node's outgoing one
 * @param delivers what this part brings to the payee, as far as this node knows; of the payer alone
 * @param asked whether the outgoing lock was ever asked for: from then on it may stand
 */
public record Hop(
        Role role,
        int part,
        HopPayment payment,
        List<RelayLeg> rest,
        Amount delivers,
        boolean asked) {
    /** Where the node stands. */
    public enum Role {
        PAYER(0),
        RELAY(1),
        PAYEE(2);

        private final int number;

        Role(int number) {
            this.number = number;
        }

        /** How it is stored. */
        int number() {
            return number;
        }
    }

    /** Names a hop: the channel is the outgoing one of the payer, else the incoming one. */
    public record Key(Role role, Hash hash, int part, ChannelId channel) {}

    /** Copies the list. */
    public Hop {
        rest = List.copyOf(rest);
    }

    static Hop payer(Hash hash, int part, List<RelayLeg> legs) {
        return new Hop(
                Role.PAYER,
                part,
                HopPayment.payer(hash, outgoing(hash, part, legs.get(0))),
                legs.subList(1, legs.size()),
                legs.get(legs.size() - 1).amount(),
                false);
    }

    static Hop of(RelayMessage.Forward forward) {
        Hash hash = forward.hash();
        HopPayment.Incoming incoming =
                new HopPayment.Incoming(forward.channel(), LockIds.of(hash, forward.part()));
        List<RelayLeg> legs = forward.legs();
        return legs.isEmpty()
                ? new Hop(
                        Role.PAYEE,
                        forward.part(),
                        HopPayment.awaiting(hash, incoming),
                        List.of(),
                        Amount.ZERO,
                        false)
                : new Hop(
                        Role.RELAY,
                        forward.part(),
                        HopPayment.relay(
                                hash, incoming, outgoing(hash, forward.part(), legs.get(0))),
                        legs.subList(1, legs.size()),
                        Amount.ZERO,
                        false);
    }

    private static HopPayment.Outgoing outgoing(Hash hash, int part, RelayLeg leg) {
        return new HopPayment.Outgoing(
                leg.channel(), LockIds.of(hash, part), leg.amount(), leg.expiry());
    }

    /** The payment's hash. */
    public Hash hash() {
        return payment.hash();
    }

    /** Its name. */
    public Key key() {
        ChannelId channel =
                role == Role.PAYER
                        ? payment.outgoing().orElseThrow().channel()
                        : payment.incoming().orElseThrow().channel();
        return new Key(role, hash(), part, channel);
    }

    Optional<ChannelId> incoming() {
        return payment.incoming().map(HopPayment.Incoming::channel);
    }

    Optional<ChannelId> outgoing() {
        return payment.outgoing().map(HopPayment.Outgoing::channel);
    }

    RelayMessage.Forward forward() {
        return new RelayMessage.Forward(hash(), part, outgoing().orElseThrow(), rest);
    }

    Hop with(HopPayment changed) {
        return new Hop(role, part, changed, rest, delivers, asked);
    }

    Hop knowing(Bytes secret, Optional<BlockHeight> incomingExpiry) {
        return with(payment.knowing(secret, incomingExpiry));
    }

    Hop afterAsking() {
        return new Hop(role, part, payment, rest, delivers, true);
    }
}
