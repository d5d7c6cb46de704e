package io.wormhole.channel.decider;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;

/** One side of a channel: its network and terms, and which participant this side is. */
public record ChannelParty(NetworkId network, ChannelTerms terms, int me) {
    /** Refuses an unknown participant. */
    public ChannelParty {
        if (me < 0 || me >= ChannelTerms.PARTICIPANTS) {
            throw new IllegalArgumentException("no participant " + me);
        }
    }

    /** The channel's id. */
    public ChannelId id() {
        return terms.id(network);
    }

    /** The other participant's index. */
    public int partner() {
        return 1 - me;
    }

    /** This side's key. */
    public PublicKey myKey() {
        return terms.participants().get(me).key();
    }

    /** The other side's key. */
    public PublicKey partnerKey() {
        return terms.participants().get(partner()).key();
    }

    /** Whether this side opened the channel and so publishes the opening. */
    public boolean isOpener() {
        return me == 0;
    }
}
