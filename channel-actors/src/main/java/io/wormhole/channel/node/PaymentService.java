package io.wormhole.channel.node;

import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Effect;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Tools;
import io.wormhole.channel.hop.HopPolicy;
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
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Settlement;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    private static final int MOST_OWN_CHANNELS = 256;
    private static final int ANNOUNCED_PER_BLOCK = 100;

    private final ActorSystem<?> system;
    private final KeyPair key;
    private final Settlement settlement;
    private final PaymentSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Set<PublicKey> linked = ConcurrentHashMap.newKeySet();
    private final Set<ChannelId> changed = ConcurrentHashMap.newKeySet();
    private final Map<ChannelId, PublicKey> partners = new ConcurrentHashMap<>();
    private volatile Optional<Running> running = Optional.empty();

    private record Running(ChannelService channels, PaymentRequests requests) {}

    /** The payments of {@code key}, which begin with {@link #start}. */
    public PaymentService(
            ActorSystem<?> system,
            KeyPair key,
            Settlement settlement,
            PaymentSettings settings) {
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
        PaymentLinks links =
                new PaymentLinks(
                        channels,
                        settlement,
                        this::plan,
                        new PaymentLinks.ChainNews() {
                            @Override
                            public void closed(ChannelId channel) {
                                requests().closed(channel);
                            }

                            @Override
                            public void block() {
                                announceChanged();
                            }
                        });
        PaymentRequests requests =
                new PaymentRequests(
                        system,
                        key,
                        settlement,
                        new PaymentRequests.Start(settings, links, InstantSource.system()));
        running = Optional.of(new Running(channels, requests));
    }

    private PaymentRequests requests() {
        return running.orElseThrow(() -> new IllegalStateException("not started")).requests();
    }

    private ChannelService channels() {
        return running.orElseThrow(() -> new IllegalStateException("not started")).channels();
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
                                (head, graph) ->
                                        circle(graph, from, to, amount, head.height()));
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
            ChannelGraph graph,
            ChannelId channel,
            Predicate<AnnouncedChannel> side) {
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

    // ---- ways -----------------------------------------------------------------------------------

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
        return own().thenCombine(requests().graph(), (own, graph) -> graph.with(own));
    }

    /** The own direction of each channel in which this node can pay now. */
    private CompletionStage<List<AnnouncedChannel>> own() {
        return open().thenApply(
                        all ->
                                all.stream()
                                        .filter(it -> linked.contains(it.party().partnerKey()))
                                        .map(it -> direction(it, new HopPolicy.Fee(Amount.ZERO, 0), 1))
                                        .toList());
    }

    private CompletionStage<List<Open>> open() {
        return channels()
                .channels()
                .thenCompose(
                        ids ->
                                all(
                                        ids.stream()
                                                .limit(MOST_OWN_CHANNELS)
                                                .map(id -> channels().inspect(id))
                                                .toList()))
                .thenApply(
                        memories ->
                                memories.stream()
                                        .filter(Open.class::isInstance)
                                        .map(Open.class::cast)
                                        .filter(open -> !open.doubtful())
                                        .toList());
    }

    private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        CompletionStage<List<T>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (CompletionStage<T> stage : stages) {
            all =
                    all.thenCombine(
                            stage,
                            (before, one) -> {
                                before.add(one);
                                return before;
                            });
        }
        return all;
    }

    private static AnnouncedChannel direction(Open open, HopPolicy.Fee fee, long expiryBlocks) {
        Amount balance =
                open.standing().position().state().balances().get(open.party().me());
        ChannelTerms terms = open.party().terms();
        Amount most =
                balance.covers(terms.reserve()) ? balance.minus(terms.reserve()) : Amount.ZERO;
        return new AnnouncedChannel(
                open.party().id(),
                open.party().myKey(),
                open.party().partnerKey(),
                most,
                fee.base(),
                fee.perMillion(),
                expiryBlocks);
    }

    // ---- what happens ---------------------------------------------------------------------------

    void told(ChannelId channel, Effect notice) {
        running.ifPresent(
                now -> {
                    now.requests().happened(new PaymentInput.ChannelChanged(channel));
                    changed.add(channel);
                    if (notice instanceof Effect.TellReady) {
                        announceChanged();
                    }
                });
    }

    void connected(PublicKey partner) {
        linked.add(partner);
        running.ifPresent(
                now -> {
                    now.requests().happened(new PaymentInput.Linked(partner));
                    if (settings.relays()) {
                        open().thenAccept(all -> all.forEach(this::announce));
                    }
                });
    }

    void disconnected(PublicKey partner) {
        linked.remove(partner);
        running.ifPresent(now -> now.requests().happened(new PaymentInput.Unlinked(partner)));
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
        channels()
                .inspect(channel)
                .thenAccept(memory -> pass(isPartner(partner, channel, memory), partner, message));
    }

    private boolean isPartner(PublicKey partner, ChannelId channel, ChannelMemory memory) {
        if (memory instanceof KnownChannel known) {
            partners.put(channel, known.party().partnerKey());
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

    // Balances change all the time, so what is announced is coarse, and said once per block.
    private void announceChanged() {
        if (!settings.relays()) {
            changed.clear();
            return;
        }
        Set<ChannelId> due = new HashSet<>();
        for (ChannelId channel : changed) {
            if (due.size() < ANNOUNCED_PER_BLOCK) {
                due.add(channel);
            }
        }
        changed.removeAll(due);
        due.forEach(
                channel ->
                        channels()
                                .inspect(channel)
                                .thenAccept(
                                        memory -> {
                                            if (memory instanceof Open open && !open.doubtful()) {
                                                announce(open);
                                            }
                                        }));
    }

    private void announce(Open open) {
        HopPolicy policy = settings.policy();
        AnnouncedChannel exact = direction(open, policy.relayFee(), policy.expiryBlocks());
        requests().announce(exact.withMost(coarse(exact.most())));
    }

    /** Rounded down to its three highest bits. */
    static Amount coarse(Amount amount) {
        int digits = Long.SIZE - Long.numberOfLeadingZeros(amount.baseUnits());
        int dropped = Math.max(0, digits - 3);
        return Amount.of((amount.baseUnits() >>> dropped) << dropped);
    }
}
