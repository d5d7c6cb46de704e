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
 * @param maximumPrice most that is paid for a period without asking the owner
 * @param paidUntil as the watcher says; empty: nothing is paid yet
 */
public record Subscription(
        PublicKey watcher,
        Amount maximumPrice,
        Optional<Instant> paidUntil,
        Duration period,
        Duration grace) {
    private static final int RENEWAL_SHARE = 10;

    /** Whether another period is to be paid: in the last tenth of the one before. */
    boolean isDue(Instant now) {
        Instant soon = now.plus(period.dividedBy(RENEWAL_SHARE));
        return paidUntil.filter(until -> until.isAfter(soon)).isEmpty();
    }

    /** Whether the watcher watches. */
    boolean isServed(Instant now) {
        return paidUntil.filter(until -> now.isBefore(until.plus(grace))).isPresent();
    }

    Subscription with(WatchMessage.Terms said) {
        return new Subscription(
                watcher,
                maximumPrice,
                said.paidUntil(),
                said.terms().period(),
                said.terms().grace());
    }

    WatchSubscription toField() {
        WatchSubscription.Builder field =
                WatchSubscription.newBuilder()
                        .setWatcher(WatchCodec.bytes(watcher.bytes()))
                        .setMaximumPriceBaseUnits(maximumPrice.baseUnits())
                        .setPeriodSeconds(period.toSeconds())
                        .setGraceSeconds(grace.toSeconds());
        paidUntil.ifPresent(until -> field.setPaidUntil(until.getEpochSecond()));
        return field.build();
    }

    static Subscription ofField(WatchSubscription field) {
        return new Subscription(
                WatchCodec.key(field.getWatcher()),
                Amount.of(field.getMaximumPriceBaseUnits()),
                field.getPaidUntil() == 0
                        ? Optional.empty()
                        : Optional.of(WatchCodec.instant(field.getPaidUntil())),
                Duration.ofSeconds(field.getPeriodSeconds()),
                Duration.ofSeconds(field.getGraceSeconds()));
    }
}
