package io.wormhole.channel.node;

import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.Optional;

/** Tells payments and another owner alike. */
final class PaymentOwner implements ChannelOwner {
    private final ChannelOwner owner;
    private final PaymentService payments;

    PaymentOwner(ChannelOwner owner, PaymentService payments) {
        this.owner = owner;
        this.payments = payments;
    }

    @Override
    public Optional<String> objection(PublicKey partner, ChannelTerms terms) {
        return owner.objection(partner, terms);
    }

    @Override
    public void told(ChannelId channel, Effect notice) {
        payments.told(channel, notice);
        owner.told(channel, notice);
    }

    @Override
    public void changed(ChannelId channel, KnownChannel memory) {
        payments.changed(channel, memory);
        owner.changed(channel, memory);
    }

    @Override
    public void connected(PublicKey partner) {
        payments.connected(partner);
        owner.connected(partner);
    }

    @Override
    public void disconnected(PublicKey partner, String reason) {
        payments.disconnected(partner);
        owner.disconnected(partner, reason);
    }

    @Override
    public void heard(PublicKey partner, RelayFrame frame) {
        payments.heard(partner, frame);
    }

    @Override
    public void heard(PublicKey partner, WatchFrame frame) {
        owner.heard(partner, frame);
    }

    @Override
    public void heard(PublicKey partner, Bytes payload) {
        owner.heard(partner, payload);
    }
}
