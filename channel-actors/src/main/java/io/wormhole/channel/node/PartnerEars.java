package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.channel.session.SessionListener;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What partners say: to their channels, and to the owner. */
record PartnerEars(ChannelService service, ChannelOwner owner, KeyPair key)
        implements SessionListener {
    @Override
    public void connected(PublicKey partner) {
        service.partnerIsUp(partner);
        owner.connected(partner);
    }

    @Override
    public void disconnected(PublicKey partner, String reason) {
        owner.disconnected(partner, reason);
    }

    @Override
    public void heard(PublicKey partner, ChannelId channel, List<ChannelMessage> messages) {
        List<ChannelAction> actions = new ArrayList<>();
        for (ChannelMessage message : messages) {
            if (message instanceof ChannelMessage.OpenRequest request) {
                considerOpening(partner, channel, request);
            } else {
                actions.add(new ChannelAction.Hear(message));
            }
        }
        if (!actions.isEmpty()) {
            service.partnerDid(partner, channel, actions);
        }
    }

    private void considerOpening(
            PublicKey partner, ChannelId channel, ChannelMessage.OpenRequest request) {
        ChannelTerms terms = request.terms();
        boolean ours =
                terms.id(service.network()).equals(channel)
                        && terms.participants().get(0).key().equals(partner)
                        && terms.participants().get(1).key().equals(key.publicKey());
        Optional<String> objection =
                ours
                        ? owner.objection(partner, terms)
                        : Optional.of("the terms are not between you and us");
        if (objection.isPresent()) {
            service.refuseOpening(partner, channel, objection.get());
        } else {
            service.agree(partner, channel, request);
        }
    }

    @Override
    public void heard(PublicKey partner, RelayFrame frame) {
        owner.heard(partner, frame);
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
