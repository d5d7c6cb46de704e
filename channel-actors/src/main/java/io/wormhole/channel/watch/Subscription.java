package io.wormhole.channel.watch;

import io.wormhole.channel.proto.WatchSubscription;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this node has with a watcher.
 *
 * @param wish for how much at most, and for how long at least
 * @param paidUntil as the watcher says; empty: nothing is paid yet
 * @param lastPaid when this node paid last, whatever the watcher says of it
 */
public record Subscription(
        PublicKey watcher,
        WatchWish wish,
        Optional<Instant> paidUntil,
        Duration period,
        Duration grace,
        Optional<Instant> lastPaid) {
    private static final int RENEWAL_SHARE = 10;

    /** What the owner wants, before anything is agreed or paid. */
    static Subscription wanted(PublicKey watcher, WatchWish wish, WatchMessage.Terms said) {
        return new Subscription(
                        watcher,
                        wish,
                        Optional.empty(),
                        said.terms().period(),
                        said.terms().grace(),
                        Optional.empty())
                .with(said);
    }

    /** Whether another period is to be paid: in the last tenth of the one before. */
    boolean isDue(Instant now) {
        Instant soon = now.plus(period.dividedBy(RENEWAL_SHARE));
        return paidUntil.filter(until -> until.isAfter(soon)).isEmpty();
    }

    /** Whether it may be paid: no watcher is paid twice for one period. */
    boolean mayPay(Instant now) {
        Duration most = period.minus(period.dividedBy(RENEWAL_SHARE).multipliedBy(2));
        return lastPaid.filter(paid -> now.isBefore(paid.plus(most))).isEmpty();
    }

    Subscription paidAt(Instant now) {
        return new Subscription(watcher, wish, paidUntil, period, grace, Optional.of(now));
    }

    /** Whether what was paid for is over. */
    boolean isPast(Instant now) {
        return paidUntil.filter(until -> until.isBefore(now)).isPresent();
    }

    /** Whether the watcher watches. */
    boolean isServed(Instant now) {
        return paidUntil.filter(until -> now.isBefore(until.plus(grace))).isPresent();
    }

    Subscription with(WatchMessage.Terms said) {
        return new Subscription(
                watcher,
                wish,
                said.paidUntil(),
                said.terms().period(),
                said.terms().grace(),
                lastPaid);
    }

    WatchSubscription toField() {
        WatchSubscription.Builder field =
                WatchSubscription.newBuilder()
                        .setWatcher(WatchCodec.bytes(watcher.bytes()))
                        .setMaximumPriceBaseUnits(wish.maximumPrice().baseUnits())
                        .setLeastPeriodSeconds(wish.leastPeriod().toSeconds())
                        .setPeriodSeconds(period.toSeconds())
                        .setGraceSeconds(grace.toSeconds());
        paidUntil.ifPresent(until -> field.setPaidUntil(until.getEpochSecond()));
        lastPaid.ifPresent(paid -> field.setLastPaid(paid.getEpochSecond()));
        return field.build();
    }

    static Subscription ofField(WatchSubscription field) {
        return new Subscription(
                WatchCodec.key(field.getWatcher()),
                new WatchWish(
                        Amount.of(field.getMaximumPriceBaseUnits()),
                        Duration.ofSeconds(leastPeriod(field))),
                time(field.getPaidUntil()),
                Duration.ofSeconds(field.getPeriodSeconds()),
                Duration.ofSeconds(field.getGraceSeconds()),
                time(field.getLastPaid()));
    }

    // What was agreed before anybody said how long is the least.
    private static long leastPeriod(WatchSubscription field) {
        long least = field.getLeastPeriodSeconds();
        return least == 0 ? field.getPeriodSeconds() : least;
    }

    private static Optional<Instant> time(long seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(WatchCodec.instant(seconds));
    }
}
