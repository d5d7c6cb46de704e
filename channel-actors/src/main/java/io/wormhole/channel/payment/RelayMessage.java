package io.wormhole.channel.payment;

import io.wormhole.channel.route.Announcement;
import io.wormhole.channel.route.Route;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import java.util.List;

/** What neighbours say to each other about payments, beside the updates of their channels. */
public sealed interface RelayMessage {
    /** Most parts of one payment, counting those that failed. */
    int MOST_PARTS = 256;

    /**
     * Said before the lock is proposed, and again on every new link: the lock of this part goes on
     * over {@code legs}; without legs it is for the hearer.
     *
     * @param channel the channel of the lock, which the two share
     */
    record Forward(Hash hash, int part, ChannelId channel, List<RelayLeg> legs)
            implements RelayMessage {
        /** Refuses parts and legs beyond their number. */
        public Forward {
            legs = List.copyOf(legs);
            requirePart(part);
            if (legs.size() >= Route.MOST_LEGS) {
                throw new IllegalArgumentException(legs.size() + " legs left, at most 19");
            }
        }
    }

    /** The lock of this part in this channel will be given back. */
    record Failed(Hash hash, int part, ChannelId channel, PaymentFailure failure)
            implements RelayMessage {
        /** Refuses parts beyond their number. */
        public Failed {
            requirePart(part);
        }
    }

    /** A channel that relays. */
    record Announce(Announcement announcement) implements RelayMessage {}

    private static void requirePart(int part) {
        if (part < 0 || part >= MOST_PARTS) {
            throw new IllegalArgumentException("part " + part + " of at most 256");
        }
    }
}
