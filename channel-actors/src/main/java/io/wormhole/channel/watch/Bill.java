package io.wormhole.channel.watch;

import io.wormhole.channel.invoice.Invoice;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.util.Optional;

/**
 * What a watcher asks for another period, as its client judges it.
 *
 * @param payable the invoice, if it is to be paid
 * @param code why not, for programs
 * @param reason why not, for people
 */
record Bill(Optional<Invoice> payable, String code, String reason) {
    private static Bill refused(String code, String reason) {
        return new Bill(Optional.empty(), code, reason);
    }

    /** Judges an invoice that came with these terms. */
    static Bill of(Subscription now, WatchMessage.Terms terms, String text, NetworkId network) {
        Amount price = terms.terms().price();
        Optional<Bill> tooDear = tooDear(terms, now.wish());
        if (tooDear.isPresent()) {
            return tooDear.get();
        }
        Invoice invoice;
        try {
            invoice = Invoice.parse(text, network);
        } catch (IllegalArgumentException malformed) {
            return refused("not-paid", "its invoice cannot be read: " + malformed.getMessage());
        }
        if (!invoice.payee().equals(now.watcher()) || !invoice.amount().equals(price)) {
            return refused("not-paid", "its invoice is not what it offered");
        }
        return new Bill(Optional.of(invoice), "", "");
    }

    /** Says that a watcher asks more, or gives less time for it, than its client allows. */
    static Optional<Bill> tooDear(WatchMessage.Terms terms, WatchWish wish) {
        if (!wish.maximumPrice().covers(terms.terms().price())) {
            return Optional.of(
                    refused(
                            "too-dear",
                            "it costs %s DSD a period, at most %s is allowed"
                                    .formatted(terms.terms().price(), wish.maximumPrice())));
        }
        return shorter(terms, wish.leastPeriod());
    }

    /** Says that a watcher gives less time for the money than this. */
    static Optional<Bill> shorter(WatchMessage.Terms terms, Duration least) {
        Duration period = terms.terms().period();
        return period.compareTo(least) >= 0
                ? Optional.empty()
                : Optional.of(
                        refused(
                                "too-dear",
                                "a period is only %d s, at least %d s are wanted"
                                        .formatted(period.toSeconds(), least.toSeconds())));
    }

    WatchAnswer answer() {
        return new WatchAnswer.Refused(code, reason);
    }
}
