package io.wormhole.channel.payment;

import static java.util.Objects.requireNonNull;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.HeardStep;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.ChannelGraph;
import io.wormhole.channel.route.PartPlanner;
import io.wormhole.channel.route.Route;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The payments of a network: who pays whom over which ways, and which secrets were let out. */
final class MarketPayments {
    final List<Invoice> invoices = new ArrayList<>();
    private final MarketWorld world;
    private final Map<Hash, Integer> payers = new HashMap<>();
    private final Map<Hash, Integer> payees = new HashMap<>();
    private final Set<Hash> shown = new HashSet<>();

    MarketPayments(MarketWorld world) {
        this.world = world;
    }

    void begin() {
        int payer = world.random.nextInt(world.nodes.size());
        int payee = world.random.nextInt(world.nodes.size());
        if (payer == payee) {
            return;
        }
        byte[] bytes = new byte[HashTimeLock.SECRET_SIZE];
        world.random.nextBytes(bytes);
        Bytes secret = Bytes.of(bytes);
        Invoice invoice =
                Invoice.of(
                        new Invoice.Terms(
                                TestNetwork.ID,
                                Amount.of(1 + world.random.nextInt(120)),
                                HashTimeLock.hashOf(secret),
                                world.chain.height().plus(300),
                                (int) MarketWorld.POLICY.openBlocks() + world.random.nextInt(30),
                                ""),
                        world.node(payee).key);
        invoices.add(invoice);
        payers.put(invoice.hash(), payer);
        payees.put(invoice.hash(), payee);
        if (!world.isHonest(payee)) {
            world.secrets.add(secret);
        }
        PaymentInput.Issue issue = new PaymentInput.Issue(invoice, secret, () -> {});
        until(world.node(payee), issue, it -> it.invoice(invoice.hash()).isPresent());
        PaymentInput.Pay pay =
                new PaymentInput.Pay(invoice, Amount.of(100), Optional.empty(), new Nobody());
        until(world.node(payer), pay, it -> it.payment(invoice.hash()).isPresent());
    }

    private static void until(MarketNode node, PaymentInput input, Predicate<PaymentBook> done) {
        node.give(input);
        for (int i = 0; i < 100 && !done.test(node.book()); i++) {
            node.work(1_000);
        }
        MarketWorld.require(done.test(node.book()), "an order is not taken");
        node.force();
    }

    /** Whoever asked for a payment and went away. */
    private static final class Nobody implements PaymentInput.PaymentListener {
        @Override
        public void over(OutgoingPayment payment) {}

        @Override
        public void refused(String reason) {
            throw new AssertionError(reason);
        }
    }

    List<Route> routes(MarketNode from, PaymentEffect.RouteWish wish) {
        List<AnnouncedChannel> all = new ArrayList<>();
        for (MarketNode node : world.nodes) {
            for (MarketEnd end : node.ends.values()) {
                all.add(
                        new AnnouncedChannel(
                                end.id,
                                node.key.publicKey(),
                                world.node(end.partner).key.publicKey(),
                                Amount.of(MarketWorld.DEPOSIT),
                                Amount.of(1),
                                0,
                                MarketWorld.POLICY.expiryBlocks()));
            }
        }
        ChannelGraph.Wish way =
                new ChannelGraph.Wish(
                        from.key.publicKey(),
                        wish.invoice().payee(),
                        wish.amount(),
                        wish.height(),
                        wish.invoice().finalBlocks());
        return new PartPlanner(wish.maximumFee(), wish.mostParts())
                .plan(ChannelGraph.of(all), way, wish.avoided());
    }

    /** A secret that its payee lets out is worth its price from then on. */
    void notice(MarketNode node, ChannelMessage message) {
        if (message instanceof ChannelMessage.Propose propose) {
            for (ChannelOperation operation : propose.update().operations()) {
                if (operation instanceof ChannelOperation.Step step) {
                    new HeardStep(0, step.payload()).secret().ifPresent(it -> letOut(node, it));
                }
            }
        }
    }

    private void letOut(MarketNode node, Bytes secret) {
        Hash hash = HashTimeLock.hashOf(secret);
        Integer payee = payees.get(hash);
        if (payee != null && payee == node.at) {
            shown.add(hash);
        }
    }

    boolean isShown(Hash hash) {
        return shown.contains(hash);
    }

    int payer(Invoice invoice) {
        return requireNonNull(payers.get(invoice.hash()));
    }

    int payee(Invoice invoice) {
        return requireNonNull(payees.get(invoice.hash()));
    }
}
