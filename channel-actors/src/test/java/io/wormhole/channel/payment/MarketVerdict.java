package io.wormhole.channel.payment;

import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.Optional;

/** What must hold in a network of channels, after every step and at the end. */
final class MarketVerdict {
    private MarketVerdict() {}

    /** Value is conserved; whoever relays is owed the money longer than it owes it. */
    static void check(MarketWorld world) {
        for (MarketNode node : world.honest()) {
            for (MarketEnd end : node.ends.values()) {
                long recorded =
                        world.chain
                                .entry(end.id, Certainty.TENTATIVE)
                                .recorded()
                                .total()
                                .baseUnits();
                MarketWorld.require(
                        recorded == 2 * MarketWorld.DEPOSIT, "the chain does not conserve value");
                MarketWorld.require(!end.isBehind(), "data was lost");
                end.standing()
                        .ifPresent(
                                it ->
                                        MarketWorld.require(
                                                it.position().state().total().baseUnits()
                                                        == 2 * MarketWorld.DEPOSIT,
                                                "value not conserved"));
            }
            node.book().hops().forEach(MarketVerdict::checkTimeouts);
        }
    }

    private static void checkTimeouts(Hop hop) {
        Optional<BlockHeight> in = hop.payment().incoming().flatMap(incoming -> incoming.expiry());
        if (in.isEmpty() || !hop.payment().locked() || hop.payment().outgoing().isEmpty()) {
            return;
        }
        BlockHeight out = hop.payment().outgoing().get().expiry();
        MarketWorld.require(
                !in.get().isBefore(out.plus(MarketWorld.POLICY.expiryBlocks())),
                "timeouts do not decrease: %s".formatted(hop));
    }

    /** Nobody honest has lost anything, every dispute ended, and no stale state won. */
    static void judge(MarketWorld world) {
        for (MarketNode node : world.honest()) {
            MarketWorld.require(
                    node.book().hopCount() == 0, "node %d is not done".formatted(node.at));
            for (MarketEnd end : node.ends.values()) {
                judge(world, node, end);
            }
            long least = least(world, node);
            MarketWorld.require(
                    node.gain() >= least,
                    "node %d gained %d, and was owed %d".formatted(node.at, node.gain(), least));
        }
        if (world.rogues.isEmpty()) {
            judgeAllHonest(world);
        }
    }

    private static void judge(MarketWorld world, MarketNode node, MarketEnd end) {
        String what = "channel of %d with %d".formatted(node.at, end.partner);
        if (!end.isOver()) {
            MarketWorld.require(
                    MarketWorld.isOpen(end.side)
                            && end.side.standing().position().state().locks().isEmpty(),
                    what + " is not settled: " + end.side.memory().phase());
            return;
        }
        ChannelEntry entry = world.chain.entry(end.id, Certainty.FINAL);
        MarketWorld.require(entry.phase() == ChannelEntry.Phase.CLOSED, what + " is not closed");
        boolean together = entry.closesAt().equals(BlockHeight.ZERO);
        MarketWorld.require(
                together || entry.agreed().value() >= end.coSigned(),
                "%s: state %s won against %d".formatted(what, entry.agreed(), end.coSigned()));
        MarketWorld.require(
                together
                        || entry.recorded().payouts().equals(((Ended) end.side.memory()).payouts()),
                what + " paid something else");
    }

    // What it sold for a secret that it showed, without what it bought a secret with.
    private static long least(MarketWorld world, MarketNode node) {
        long least = 0;
        for (Invoice invoice : world.payments.invoices) {
            if (world.payments.payee(invoice) == node.at
                    && world.payments.isShown(invoice.hash())) {
                least += invoice.amount().baseUnits();
            }
            if (world.payments.payer(invoice) == node.at) {
                OutgoingPayment payment = node.book().payment(invoice.hash()).orElseThrow();
                MarketWorld.require(
                        payment.state() != OutgoingPayment.State.UNDER_WAY,
                        "a payment is not over: " + payment);
                if (payment.state() == OutgoingPayment.State.PAID) {
                    least -= invoice.amount().plus(payment.fees()).baseUnits();
                }
            }
        }
        return least;
    }

    private static void judgeAllHonest(MarketWorld world) {
        long sum = world.nodes.stream().mapToLong(MarketNode::gain).sum();
        MarketWorld.require(sum == 0, "money came or went: " + sum);
        for (Invoice invoice : world.payments.invoices) {
            boolean paid =
                    world.node(world.payments.payer(invoice))
                            .book()
                            .payment(invoice.hash())
                            .filter(it -> it.state() == OutgoingPayment.State.PAID)
                            .isPresent();
            boolean received =
                    world.node(world.payments.payee(invoice))
                            .book()
                            .invoice(invoice.hash())
                            .filter(it -> it.state() == IssuedInvoice.State.PAID)
                            .isPresent();
            MarketWorld.require(paid == received, "paid %s, received %s".formatted(paid, received));
        }
    }
}
