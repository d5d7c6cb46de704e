package io.wormhole.channel.payment;

import io.wormhole.channel.hop.HopPayment;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Invoices, payments and the hops under way of one node; touched by its actor alone. What is over
 * stays readable for a while.
 */
public final class PaymentBook {
    private static final int MOST_OVER = 2_000;

    private final Map<Hash, IssuedInvoice> invoices = new LinkedHashMap<>();
    private final Map<Hash, OutgoingPayment> payments = new LinkedHashMap<>();
    private final Map<Hop.Key, Hop> hops = new LinkedHashMap<>();
    private final Map<ChannelId, Set<Hop.Key>> byChannel = new HashMap<>();
    private final Map<Hash, Set<Hop.Key>> byHash = new HashMap<>();
    private final Set<Hash> openInvoices = new LinkedHashSet<>();
    private final Set<Hash> openPayments = new LinkedHashSet<>();
    // Invoices that are not closed, and a part of each that was paid.
    private final Map<Hash, Hop.Key> received = new LinkedHashMap<>();
    private Optional<BlockHeight> read = Optional.empty();

    /** The invoice behind a hash. */
    public Optional<IssuedInvoice> invoice(Hash hash) {
        return Optional.ofNullable(invoices.get(hash));
    }

    /** The own payment of a hash. */
    public Optional<OutgoingPayment> payment(Hash hash) {
        return Optional.ofNullable(payments.get(hash));
    }

    /** The newest invoices, oldest first. */
    public List<IssuedInvoice> invoices() {
        return List.copyOf(invoices.values());
    }

    /** The newest payments, oldest first. */
    public List<OutgoingPayment> payments() {
        return List.copyOf(payments.values());
    }

    Optional<Hop> hop(Hop.Key key) {
        return Optional.ofNullable(hops.get(key));
    }

    Collection<Hop> hops() {
        return List.copyOf(hops.values());
    }

    int hopCount() {
        return hops.size();
    }

    List<Hop> hopsOf(Hash hash) {
        return byHash.getOrDefault(hash, Set.of()).stream().map(hops::get).toList();
    }

    List<Hop> hopsIn(ChannelId channel) {
        return byChannel.getOrDefault(channel, Set.of()).stream().map(hops::get).toList();
    }

    /** How many hops have their incoming lock, or wait for it, in this channel. */
    int incomingIn(ChannelId channel) {
        return (int)
                hopsIn(channel).stream()
                        .filter(hop -> hop.incoming().filter(channel::equals).isPresent())
                        .count();
    }

    /** Whether a part of an invoice that is not closed was paid. */
    boolean hasReceived(Hash hash) {
        return received.containsKey(hash);
    }

    List<Hash> openInvoices() {
        return List.copyOf(openInvoices);
    }

    List<Hash> openPayments() {
        return List.copyOf(openPayments);
    }

    /** The final height up to which the chain was read. */
    Optional<BlockHeight> read() {
        return read;
    }

    /** Takes an event in. */
    public void apply(PaymentEvent event) {
        if (event instanceof PaymentEvent.HopBegun begun) {
            add(begun.hop());
        } else if (event instanceof PaymentEvent.HopAsked asked) {
            change(asked.key(), Hop::afterAsking);
        } else if (event instanceof PaymentEvent.HopLocked locked) {
            change(locked.key(), hop -> hop.with(hop.payment().afterLock()));
        } else if (event instanceof PaymentEvent.HopKnows knows) {
            change(knows.key(), hop -> hop.knowing(knows.secret(), knows.incomingExpiry()));
        } else if (event instanceof PaymentEvent.HopFailed failed) {
            change(failed.key(), hop -> hop.with(hop.payment().afterRefusal()));
        } else if (event instanceof PaymentEvent.HopOver over) {
            over(over);
        } else if (event instanceof PaymentEvent.ChainRead chain) {
            read = Optional.of(chain.finalHeight());
        } else {
            applyToPayment(event);
        }
    }

    private void over(PaymentEvent.HopOver over) {
        remove(over.key());
        if (over.paid() && over.key().role() == Hop.Role.PAYEE) {
            received.put(over.key().hash(), over.key());
        }
    }

    private void applyToPayment(PaymentEvent event) {
        if (event instanceof PaymentEvent.InvoiceIssued issued) {
            put(new IssuedInvoice(issued.invoice(), issued.secret(), IssuedInvoice.State.OPEN));
        } else if (event instanceof PaymentEvent.InvoiceAccepted accepted) {
            put(known(accepted.hash()).in(IssuedInvoice.State.ACCEPTED));
        } else if (event instanceof PaymentEvent.InvoiceClosed closed) {
            received.remove(closed.hash());
            put(
                    known(closed.hash())
                            .in(
                                    closed.paid()
                                            ? IssuedInvoice.State.PAID
                                            : IssuedInvoice.State.EXPIRED));
        } else if (event instanceof PaymentEvent.PaymentBegun begun) {
            int part = payment(begun.invoice().hash()).map(OutgoingPayment::nextPart).orElse(0);
            put(
                    OutgoingPayment.begun(
                            begun.invoice(),
                            begun.maximumFee(),
                            Math.max(part, begun.firstPart())));
        } else if (event instanceof PaymentEvent.PaymentPaid paid) {
            payment(paid.hash()).ifPresent(it -> put(it.paid(paid.secret(), paid.fees())));
        } else if (event instanceof PaymentEvent.PaymentFailed failed) {
            payment(failed.hash()).ifPresent(it -> put(it.failed(failed.reason())));
        } else {
            throw new IllegalStateException("no rule for " + event.getClass());
        }
    }

    private IssuedInvoice known(Hash hash) {
        return invoice(hash)
                .orElseThrow(() -> new IllegalStateException("no invoice " + hash.toHex()));
    }

    private void put(IssuedInvoice invoice) {
        Hash hash = invoice.invoice().hash();
        invoices.put(hash, invoice);
        boolean open =
                invoice.state() == IssuedInvoice.State.OPEN
                        || invoice.state() == IssuedInvoice.State.ACCEPTED;
        keep(openInvoices, hash, open);
        forget(invoices, openInvoices);
    }

    private void put(OutgoingPayment payment) {
        payments.put(payment.hash(), payment);
        keep(openPayments, payment.hash(), payment.state() == OutgoingPayment.State.UNDER_WAY);
        forget(payments, openPayments);
    }

    private static void keep(Set<Hash> open, Hash hash, boolean now) {
        if (now) {
            open.add(hash);
        } else {
            open.remove(hash);
        }
    }

    private static <T> void forget(Map<Hash, T> all, Set<Hash> open) {
        if (all.size() - open.size() > MOST_OVER) {
            all.keySet().stream()
                    .filter(hash -> !open.contains(hash))
                    .findFirst()
                    .ifPresent(all::remove);
        }
    }

    private void add(Hop hop) {
        Hop.Key key = hop.key();
        hops.put(key, hop);
        byHash.computeIfAbsent(hop.hash(), hash -> new LinkedHashSet<>()).add(key);
        channels(hop)
                .forEach(
                        channel ->
                                byChannel
                                        .computeIfAbsent(channel, other -> new LinkedHashSet<>())
                                        .add(key));
        if (hop.role() == Hop.Role.PAYER) {
            payment(hop.hash()).ifPresent(payment -> put(payment.afterPart(hop.part())));
        }
    }

    private static List<ChannelId> channels(Hop hop) {
        List<ChannelId> channels = new ArrayList<>();
        hop.payment().incoming().map(HopPayment.Incoming::channel).ifPresent(channels::add);
        hop.payment().outgoing().map(HopPayment.Outgoing::channel).ifPresent(channels::add);
        return channels;
    }

    private void change(Hop.Key key, UnaryOperator<Hop> how) {
        hops.computeIfPresent(key, (same, hop) -> how.apply(hop));
    }

    private void remove(Hop.Key key) {
        Hop gone = hops.remove(key);
        if (gone == null) {
            return;
        }
        drop(byHash, gone.hash(), key);
        channels(gone).forEach(channel -> drop(byChannel, channel, key));
    }

    private static <K> void drop(Map<K, Set<Hop.Key>> index, K at, Hop.Key key) {
        Set<Hop.Key> keys = index.getOrDefault(at, new LinkedHashSet<>());
        keys.remove(key);
        if (keys.isEmpty()) {
            index.remove(at);
        }
    }

    /** Events that lead from an empty book to this one. */
    public List<PaymentEvent> asEvents() {
        List<PaymentEvent> events = new ArrayList<>();
        read.ifPresent(height -> events.add(new PaymentEvent.ChainRead(height)));
        for (IssuedInvoice invoice : invoices.values()) {
            Hash hash = invoice.invoice().hash();
            events.add(new PaymentEvent.InvoiceIssued(invoice.invoice(), invoice.secret()));
            switch (invoice.state()) {
                case OPEN -> {}
                case ACCEPTED -> events.add(new PaymentEvent.InvoiceAccepted(hash));
                case PAID -> events.add(new PaymentEvent.InvoiceClosed(hash, true));
                case EXPIRED -> events.add(new PaymentEvent.InvoiceClosed(hash, false));
            }
        }
        payments.values().forEach(payment -> asEvents(payment, events));
        hops.values().forEach(hop -> events.add(new PaymentEvent.HopBegun(hop)));
        received.values().forEach(part -> events.add(new PaymentEvent.HopOver(part, true)));
        return events;
    }

    private static void asEvents(OutgoingPayment payment, List<PaymentEvent> events) {
        events.add(
                new PaymentEvent.PaymentBegun(
                        payment.invoice(), payment.maximumFee(), payment.nextPart()));
        switch (payment.state()) {
            case UNDER_WAY -> {}
            case PAID ->
                    events.add(
                            new PaymentEvent.PaymentPaid(
                                    payment.hash(),
                                    payment.secret().orElseThrow(),
                                    payment.fees()));
            case FAILED ->
                    events.add(new PaymentEvent.PaymentFailed(payment.hash(), payment.reason()));
        }
    }
}
