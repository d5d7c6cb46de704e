package io.wormhole.channel.payment;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.route.Route;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can happen to the payments of a node. */
public sealed interface PaymentInput {
    /** Something happened in a channel: what was known of it is old. */
    record ChannelChanged(ChannelId channel) implements PaymentInput {}

    /** A channel has changed, and is like this now. */
    record ChannelMoved(ChannelId channel, ChannelMemory memory) implements PaymentInput {}

    /**
     * What a channel is like, as it was asked.
     *
     * @param end its entry at the last final block, when it is over
     */
    record ChannelSeen(ChannelId channel, ChannelMemory memory, Optional<ChannelEntry> end)
            implements PaymentInput {}

    /** A channel could not be asked. */
    record ChannelSilent(ChannelId channel) implements PaymentInput {}

    /**
     * What came of a request to a channel.
     *
     * @param answer what came of it
     */
    record Answered(PaymentEffect.Ask ask, Answer answer) implements PaymentInput {}

    /** What came of a request: both have signed a state with it, or why they will not. */
    sealed interface Answer {
        /** The state with this nonce is that after it. */
        record Made(Nonce nonce) implements Answer {}

        /** It will not be. */
        record Refused(String reason) implements Answer {}
    }

    /** Nobody knows what came of a request; it may be asked again under the same name. */
    record Unanswered(PaymentEffect.Ask ask) implements PaymentInput {}

    /** It is time to try again. */
    record Retry(Hop.Key key) implements PaymentInput {}

    /** A neighbour said something. */
    record Heard(PublicKey partner, RelayMessage message) implements PaymentInput {}

    /** The link to a neighbour is up. */
    record Linked(PublicKey partner) implements PaymentInput {}

    /** The link to a neighbour is gone. */
    record Unlinked(PublicKey partner) implements PaymentInput {}

    /**
     * A block became the head.
     *
     * @param progressed channels in which the chain may have run a contract step, each with the
     *     transactions that may have done it
     */
    record BlockSeen(BlockHeight height, Map<ChannelId, Set<Hash>> progressed)
            implements PaymentInput {
        /** Copies the map. */
        public BlockSeen {
            progressed = Map.copyOf(progressed);
        }
    }

    /** This height is final. */
    record FinalSeen(BlockHeight height) implements PaymentInput {}

    /**
     * Transactions of a block were looked into.
     *
     * @param secrets what they show; empty: they could not be read
     */
    record TransactionsRead(List<Hash> transactions, Optional<List<Bytes>> secrets)
            implements PaymentInput {
        /** Copies the lists. */
        public TransactionsRead {
            transactions = List.copyOf(transactions);
            secrets = secrets.map(List::copyOf);
        }
    }

    /** The owner wants an invoice. */
    record Issue(Invoice invoice, Bytes secret, Runnable stored) implements PaymentInput {}

    /**
     * The owner wants to pay.
     *
     * @param route the only way to go; empty: whichever is found
     */
    record Pay(Invoice invoice, Amount maximumFee, Optional<Route> route, PaymentListener listener)
            implements PaymentInput {}

    /** The owner still awaits the end of a payment that this node was told to make. */
    record Await(Hash hash, PaymentListener listener) implements PaymentInput {}

    /** Ways were looked for: none, or routes that reach the amount together. */
    record RoutesFound(Hash hash, List<Route> routes) implements PaymentInput {
        /** Copies the list. */
        public RoutesFound {
            routes = List.copyOf(routes);
        }
    }

    /** The owner asks. */
    record Read(BookReader reader) implements PaymentInput {}

    /** Reads what it wants at once, and changes nothing. */
    @FunctionalInterface
    interface BookReader {
        /** Reads; gives back what tells it, for when it is durable. */
        Runnable read(PaymentBook book);
    }

    /** Is told once that a payment is over, or not possible. */
    interface PaymentListener {
        /** It is paid, or failed. */
        void over(OutgoingPayment payment);

        /** It was not begun. */
        void refused(String reason);
    }
}
