package io.wormhole.channel.watch;

import io.wormhole.channel.payment.OutgoingPayment;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Which watchers are asked for an invoice, which are being paid, and when another try may be; of
 * one actor alone.
 */
final class WatchPayments {
    private static final long FEE_SHARE = 100;
    private static final Duration PAY_AGAIN = Duration.ofMinutes(1);

    private final WatchedNode self;
    private final Set<PublicKey> paying = new HashSet<>();
    private final Set<PublicKey> askedToPay = new HashSet<>();
    private final Map<PublicKey, Instant> notBefore = new HashMap<>();

    WatchPayments(WatchedNode self) {
        this.self = self;
    }

    private WatchClientWorld world() {
        return self.world();
    }

    boolean isPaying(PublicKey watcher) {
        return paying.contains(watcher);
    }

    /** Asks a watcher where it stands; for an invoice when it is time to pay. */
    void ask(Subscription subscription) {
        if (subscription.isDue(world().now())) {
            askForInvoice(subscription.watcher());
        } else {
            world().say(subscription.watcher(), new WatchMessage.Ask(false));
        }
    }

    void askForInvoice(PublicKey watcher) {
        askedToPay.add(watcher);
        world().say(watcher, new WatchMessage.Ask(true));
    }

    /** The owner wants it now, whatever failed before. */
    void wished(PublicKey watcher) {
        notBefore.remove(watcher);
        askForInvoice(watcher);
    }

    void unlinked(PublicKey watcher) {
        askedToPay.remove(watcher);
    }

    boolean mayPay(Subscription one, Instant time) {
        Instant earliest = notBefore.getOrDefault(one.watcher(), Instant.MIN);
        return !paying.contains(one.watcher()) && !time.isBefore(earliest) && one.mayPay(time);
    }

    /**
     * What is to be paid now, if anything is. Nobody is paid for an invoice that it was not asked
     * for.
     */
    Optional<Bill> bill(Subscription now, WatchMessage.Terms terms) {
        Instant time = world().now();
        boolean asked = terms.invoice().isPresent() && askedToPay.remove(now.watcher());
        return asked && now.isDue(time) && mayPay(now, time)
                ? Optional.of(Bill.of(now, terms, terms.invoice().orElseThrow(), self.network()))
                : Optional.empty();
    }

    /** Pays a bill that can be paid. */
    CompletionStage<OutgoingPayment> pay(PublicKey watcher, Bill bill, Amount price) {
        paying.add(watcher);
        return world().pay(bill.payable().orElseThrow(), Amount.of(price.baseUnits() / FEE_SHARE));
    }

    /** A payment is over; why it is not made, if so. */
    Optional<Bill> over(
            PublicKey watcher, @Nullable OutgoingPayment payment, @Nullable Throwable failure) {
        paying.remove(watcher);
        if (payment != null && payment.state() == OutgoingPayment.State.PAID) {
            return Optional.empty();
        }
        String why = payment != null ? payment.reason() : String.valueOf(failure);
        return Optional.of(new Bill(Optional.empty(), "not-paid", why));
    }

    /** It was not paid, and is tried again a while later. */
    void notPaid(PublicKey watcher) {
        notBefore.put(watcher, world().now().plus(PAY_AGAIN));
    }
}
