package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Set;

/** What is done to the world once the events are stored; every effect may be repeated. */
public sealed interface PaymentEffect {
    /** Ask what a channel is like. */
    record Look(ChannelId channel) implements PaymentEffect {}

    /**
     * Ask a channel for an update.
     *
     * @param ticket tells this from all other times that the same was asked, also before a restart
     */
    record Ask(Hop.Key key, ChannelId channel, String request, Update update, Object ticket)
            implements PaymentEffect {}

    /** Close alone, and let the chain run a step. */
    record Force(ChannelId channel, ForcedStep step) implements PaymentEffect {}

    /** Tell a neighbour. */
    record Say(PublicKey partner, RelayMessage message) implements PaymentEffect {}

    /** Look for ways. */
    record FindRoutes(RouteWish wish) implements PaymentEffect {}

    /** Look for secrets in these transactions. */
    record ReadTransactions(List<Hash> transactions) implements PaymentEffect {
        /** Copies the list. */
        public ReadTransactions {
            transactions = List.copyOf(transactions);
        }
    }

    /** Come back to a hop a little later. */
    record Later(Hop.Key key) implements PaymentEffect {}

    /** Tell somebody on this node. */
    record Tell(Runnable message) implements PaymentEffect {}

    /**
     * Ways that are wanted.
     *
     * @param amount what is still to be delivered
     * @param maximumFee what the relays may take for it
     * @param mostParts into how many parts it may be split
     * @param avoided channels that were tried in vain
     */
    record RouteWish(
            Invoice invoice,
            Amount amount,
            Amount maximumFee,
            int mostParts,
            Set<ChannelId> avoided,
            BlockHeight height) {
        /** Copies the set. */
        public RouteWish {
            avoided = Set.copyOf(avoided);
        }
    }
}
