package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.payment.IssuedInvoice;
import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.channel.payment.PaymentBook;
import io.wormhole.channel.payment.PaymentEffect;
import io.wormhole.channel.payment.PaymentInput;
import io.wormhole.channel.payment.PaymentNotPossible;
import io.wormhole.channel.payment.PaymentRequests;
import io.wormhole.channel.payment.PaymentSettings;
import io.wormhole.channel.payment.RelayCodec;
import io.wormhole.channel.payment.RelayMessage;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.channel.route.PartPlanner;
import io.wormhole.channel.route.Route;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Settlement;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Payments over the channels of one operator: invoices, paying them over any number of hops,
 * relaying, rebalancing.
 *
 * <pre>{@code
 * PaymentService payments = new PaymentService(system, key, settlement, settings);
 * ChannelService channels = ChannelService.start(…, payments.hearing(owner));
 * payments.start(channels);
 * payments.invoice(amount, "ten cups", 500);          // CompletionStage<Invoice>
 * payments.pay(invoice, maximumFee);                  // CompletionStage<OutgoingPayment>
 * }</pre>
 */
public final class PaymentService {
    private final ActorSystem<?> system;
    private final KeyPair key;
    private final Settlement settlement;
    private final PaymentSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Map<ChannelId, PublicKey> partners = new ConcurrentHashMap<>();
    private volatile Optional<Running> running = Optional.empty();

    private record Running(ChannelService channels, OwnChannels own, PaymentRequests requests) {}

    /** The payments of {@code key}, which begin with {@link #start}. */
    public PaymentService(
            ActorSystem<?> system, KeyPair key, Settlement settlement, PaymentSettings settings) {
        this.system = system;
        this.key = key;
        this.settlement = settlement;
        this.settings = settings;
    }

    /** An owner that hears what {@code owner} hears, and tells it. */
    public ChannelOwner hearing(ChannelOwner owner) {
        return new PaymentOwner(owner, this);
    }

    /** Begins, over channels whose owner is {@link #hearing}; call it before links come up. */
    public void start(ChannelService channels) {
        OwnChannels own =
                new OwnChannels(channels, settings, channel -> requests().announce(channel));
        PaymentLinks links = new PaymentLinks(channels, settlement, this::plan, new News(own));
        PaymentRequests requests =
                new PaymentRequests(
                        system,
                        key,
                        settlement,
                        new PaymentRequests.Start(settings, links, InstantSource.system()));
        running = Optional.of(new Running(channels, own, requests));
    }

    private final class News implements PaymentLinks.ChainNews {
        private final OwnChannels own;

        News(OwnChannels own) {
            this.own = own;
        }

        @Override
        public void closed(ChannelId channel) {
            running.ifPresent(now -> now.requests().closed(channel));
        }

        @Override
        public void block() {
            own.block();
            running.ifPresent(now -> now.requests().block());
        }
    }

    private Running running() {
        return running.orElseThrow(() -> new IllegalStateException("not started"));
    }

    private PaymentRequests requests() {
        return running().requests();
    }

    // ---- what the owner wants -------------------------------------------------------------------

    /**
     * An invoice of this node; it is stored, with its secret, when the stage completes.
     *
     * @param blocks for how many blocks it can be paid
     */
    public CompletionStage<Invoice> invoice(Amount amount, String description, long blocks) {
        byte[] secret = new byte[HashTimeLock.SECRET_SIZE];
        random.nextBytes(secret);
        return settlement
                .head()
                .thenCompose(
                        head -> {
                            Invoice.Terms terms =
                                    new Invoice.Terms(
                                            settlement.network(),
                                            amount,
                                            HashTimeLock.hashOf(Bytes.of(secret)),
                                            head.height().plus(blocks),
                                            finalBlocks(),
                                            description);
                            return requests().issue(Invoice.of(terms, key), Bytes.of(secret));
                        });
    }

    private long finalBlocks() {
        return settings.policy().openBlocks() + Tools.HEIGHT_TOLERANCE_BLOCKS;
    }

    /**
     * Pays an invoice; complete when it is paid or has failed. It fails with {@link
     * PaymentNotPossible} when it cannot be begun.
     *
     * @param maximumFee what all relays together may take
     */
    public CompletionStage<OutgoingPayment> pay(Invoice invoice, Amount maximumFee) {
        return requests().pay(invoice, maximumFee, Optional.empty());
    }

    /** The routes that a payment would take now: none, one, or several parts. */
    public CompletionStage<List<Route>> routes(Invoice invoice, Amount maximumFee) {
        return settlement
                .head()
                .thenCompose(
                        head ->
                                plan(
                                        new PaymentEffect.RouteWish(
                                                invoice,
                                                invoice.amount(),
                                                maximumFee,
                                                settings.mostParts(),
                                                Set.of(),
                                                head.height())));
    }

    /**
     * Pays oneself, out through one channel and in through another, so that the second can pay
     * again.
     */
    public CompletionStage<OutgoingPayment> rebalance(
            ChannelId from, ChannelId to, Amount amount, Amount maximumFee) {
        CompletionStage<Optional<Route>> route =
                settlement
                        .head()
                        .thenCombine(
                                graphWithOwn(),
                                (head, graph) -> circle(graph, from, to, amount, head.height()));
        return route.thenCompose(
                found -> {
                    if (found.isEmpty() || !maximumFee.covers(found.get().fees())) {
                        throw new PaymentNotPossible(
                                "no way of %s from channel %s to channel %s for a fee of at most %s"
                                        .formatted(amount, from, to, maximumFee));
                    }
                    return invoice(amount, "rebalancing", finalBlocks() * 20)
                            .thenCompose(own -> requests().pay(own, maximumFee, found));
                });
    }

    private Optional<Route> circle(
            ChannelGraph graph, ChannelId from, ChannelId to, Amount amount, BlockHeight height) {
        Optional<AnnouncedChannel> first =
                direction(graph, from, channel -> channel.payer().equals(key.publicKey()));
        Optional<AnnouncedChannel> last =
                direction(graph, to, channel -> channel.payee().equals(key.publicKey()));
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        ChannelGraph.Wish wish =
                new ChannelGraph.Wish(
                        key.publicKey(), key.publicKey(), amount, height, finalBlocks());
        return graph.circle(wish, first.get(), last.get());
    }

    private static Optional<AnnouncedChannel> direction(
            ChannelGraph graph, ChannelId channel, Predicate<AnnouncedChannel> side) {
        return graph.channels().stream()
                .filter(it -> it.channel().equals(channel))
                .filter(side)
                .findFirst();
    }

    /** The newest payments of this node, oldest first. */
    public CompletionStage<List<OutgoingPayment>> payments() {
        return requests().read(PaymentBook::payments);
    }

    /** The newest invoices of this node, oldest first. */
    public CompletionStage<List<IssuedInvoice>> invoices() {
        return requests().read(PaymentBook::invoices);
    }

    /** One payment of this node. */
    public CompletionStage<Optional<OutgoingPayment>> payment(Hash hash) {
        return requests().read(book -> book.payment(hash));
    }

    /** One invoice of this node. */
    public CompletionStage<Optional<IssuedInvoice>> invoice(Hash hash) {
        return requests().read(book -> book.invoice(hash));
    }

    /** All channels that are known to relay. */
    public CompletionStage<List<AnnouncedChannel>> network() {
        return requests().graph().thenApply(ChannelGraph::channels);
    }

    private CompletionStage<List<Route>> plan(PaymentEffect.RouteWish wish) {
        ChannelGraph.Wish way =
                new ChannelGraph.Wish(
                        key.publicKey(),
                        wish.invoice().payee(),
                        wish.amount(),
                        wish.height(),
                        wish.invoice().finalBlocks());
        PartPlanner planner = new PartPlanner(wish.maximumFee(), wish.mostParts());
        return graphWithOwn().thenApply(graph -> planner.plan(graph, way, wish.avoided()));
    }

    private CompletionStage<ChannelGraph> graphWithOwn() {
        return running()
                .own()
                .payable()
                .thenCombine(requests().graph(), (own, graph) -> graph.with(own));
    }

    // ---- what happens ---------------------------------------------------------------------------

    void changed(ChannelId channel, KnownChannel memory) {
        running.ifPresent(
                now -> {
                    now.requests().happened(new PaymentInput.ChannelMoved(channel, memory));
                    now.own().changed(channel, memory);
                });
    }

    void told(ChannelId channel, Effect notice) {
        running.ifPresent(
                now -> {
                    if (notice instanceof Effect.TellReady) {
                        now.own().ready(channel);
                    } else if (notice instanceof Effect.TellEnded) {
                        now.own().ended(channel);
                        partners.remove(channel);
                    }
                });
    }

    void connected(PublicKey partner) {
        running.ifPresent(
                now -> {
                    now.own().linked(partner);
                    now.requests().happened(new PaymentInput.Linked(partner));
                });
    }

    void disconnected(PublicKey partner) {
        running.ifPresent(
                now -> {
                    now.own().unlinked(partner);
                    now.requests().happened(new PaymentInput.Unlinked(partner));
                });
    }

    /** A partner says something of payments; about its own channels alone. */
    void heard(PublicKey partner, RelayFrame frame) {
        RelayMessage message = RelayCodec.decode(frame);
        if (running.isEmpty()) {
            return;
        }
        if (message instanceof RelayMessage.Announce announce) {
            requests().heard(partner, announce.announcement());
        } else if (message instanceof RelayMessage.Forward forward) {
            passIfPartner(partner, forward.channel(), message);
        } else if (message instanceof RelayMessage.Failed failed) {
            passIfPartner(partner, failed.channel(), message);
        }
    }

    private void passIfPartner(PublicKey partner, ChannelId channel, RelayMessage message) {
        PublicKey known = partners.get(channel);
        if (known != null) {
            pass(known.equals(partner), partner, message);
            return;
        }
        running()
                .channels()
                .look(channel)
                .thenAccept(memory -> pass(isPartner(partner, channel, memory), partner, message));
    }

    private boolean isPartner(PublicKey partner, ChannelId channel, ChannelMemory memory) {
        if (memory instanceof KnownChannel known) {
            if (!(known instanceof Ended)) {
                partners.put(channel, known.party().partnerKey());
            }
            return known.party().partnerKey().equals(partner);
        }
        return false;
    }

    private void pass(boolean allowed, PublicKey partner, RelayMessage message) {
        if (allowed) {
            requests().happened(new PaymentInput.Heard(partner, message));
        } else {
            system.log().warn("{} speaks of a channel of others", partner);
        }
    }
}
