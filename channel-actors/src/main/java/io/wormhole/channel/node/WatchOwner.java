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

/** Tells watching and another owner alike. */
final class WatchOwner implements ChannelOwner {
    private final ChannelOwner owner;
    private final WatchService watching;

    WatchOwner(ChannelOwner owner, WatchService watching) {
        this.owner = owner;
        this.watching = watching;
    }

    @Override
    public Optional<String> objection(PublicKey partner, ChannelTerms terms) {
        return owner.objection(partner, terms);
    }

    @Override
    public void told(ChannelId channel, Effect notice) {
        watching.told(channel, notice);
        owner.told(channel, notice);
    }

    @Override
    public void changed(ChannelId channel, KnownChannel memory) {
        owner.changed(channel, memory);
    }

    @Override
    public void connected(PublicKey partner) {
        owner.connected(partner);
        watching.connected(partner);
    }

    @Override
    public void disconnected(PublicKey partner, String reason) {
        watching.disconnected(partner);
        owner.disconnected(partner, reason);
    }

    @Override
    public void heard(PublicKey partner, RelayFrame frame) {
        owner.heard(partner, frame);
    }

    @Override
    public void heard(PublicKey partner, WatchFrame frame) {
        watching.heard(partner, frame);
    }

    @Override
    public void heard(PublicKey partner, Bytes payload) {
        owner.heard(partner, payload);
    }
}
