package io.wormhole.channel.watch;

import io.wormhole.protocol.crypto.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What watchers say of themselves, and what people are told of it; of one actor alone. */
final class WatcherNews {
    private static final Duration BEHIND = Duration.ofSeconds(60);

    private final WatchClientWorld world;
    private final WatchedChannels channels;
    private final Askers askers;
    private final Troubles troubles;

    WatcherNews(
            WatchClientWorld world, WatchedChannels channels, Askers askers, Troubles troubles) {
        this.world = world;
        this.channels = channels;
        this.askers = askers;
        this.troubles = troubles;
    }

    /** What is agreed with a watcher by its terms; empty when nothing is. */
    Optional<Subscription> terms(Subscriptions now, PublicKey watcher, WatchMessage.Terms terms) {
        askers.answerCurious(watcher, new WatchAnswer.Offered(terms));
        Optional<Subscription> known = now.with(watcher);
        Optional<WatchWish> wished = askers.wished(watcher);
        Optional<WatchWish> wish = wished.or(() -> known.map(Subscription::wish));
        if (wish.isEmpty()) {
            return Optional.empty();
        }
        Optional<Bill> shorter =
                Bill.shorter(
                        terms, wished.map(WatchWish::leastPeriod).orElseGet(() -> agreed(known)));
        if (wished.isEmpty() && shorter.isPresent()) {
            troubles.alarm(watcher, "watch-" + shorter.get().code(), shorter.get().reason());
            return Optional.empty();
        }
        Optional<Bill> tooDear = shorter.or(() -> Bill.tooDear(terms, wish.get()));
        if (tooDear.isPresent() && (shorter.isPresent() || known.isEmpty())) {
            askers.answer(watcher, tooDear.get().answer());
            return Optional.empty();
        }
        Subscription wanted = Subscription.wanted(watcher, wish.get(), terms);
        Subscription next =
                known.flatMap(Subscription::lastPaid).map(wanted::paidAt).orElse(wanted);
        // At the end of the grace the watcher has dropped everything.
        boolean afresh =
                known.filter(before -> !before.isServed(world.now())).isPresent()
                        && next.isServed(world.now());
        channels.holds(watcher, terms.held(), afresh);
        return Optional.of(next);
    }

    // Of what was agreed nobody gets less without being asked.
    private static Duration agreed(Optional<Subscription> known) {
        return known.map(Subscription::period).orElse(WatchWish.USUAL_PERIOD);
    }

    /** A watcher does not do what it was asked, or not with one channel. */
    void refused(PublicKey watcher, WatchMessage.Refused refused) {
        WatchAnswer answer = new WatchAnswer.Refused(refused.code(), refused.reason());
        askers.answerCurious(watcher, answer);
        String code = "watch-" + refused.code();
        if (refused.hint().isEmpty()) {
            askers.answer(watcher, answer);
            if (refused.code().equals("unpaid") || refused.code().equals("not-subscribed")) {
                channels.unpaid(watcher);
            }
            if (channels.isWatching(watcher)) {
                troubles.alarm(watcher, code, refused.reason());
            }
            return;
        }
        channels.refused(watcher, refused.hint().get(), refused.code(), refused.reason())
                .ifPresent(
                        channel ->
                                troubles.alarm(
                                        watcher,
                                        code,
                                        "channel " + channel + ": " + refused.reason()));
    }

    /** A watcher gives back what it kept of a channel in doubt. */
    void givenBack(PublicKey watcher, WatchMessage.Hold hold) {
        try {
            channels.givenBack(hold);
        } catch (IllegalArgumentException worthless) {
            troubles.alarm(watcher, "watch-worthless", String.valueOf(worthless.getMessage()));
        }
    }

    /** A watcher watches; within the grace it is still not paid. */
    void served(Subscription one) {
        if (!one.isPast(world.now())) {
            troubles.calm(one.watcher(), "watch-unpaid");
        }
    }

    /** Time has passed: whether a watcher is paid, and holds what it should. */
    void look(Subscription one) {
        Instant time = world.now();
        PublicKey watcher = one.watcher();
        if (one.isPast(time)) {
            troubles.alarm(watcher, "watch-unpaid", "paid until " + one.paidUntil().orElseThrow());
        }
        int behind = channels.behind(watcher, BEHIND, time);
        if (behind > 0) {
            troubles.alarm(
                    watcher,
                    Troubles.BEHIND,
                    "it holds older states of %d channels than this node".formatted(behind));
        } else {
            troubles.calm(watcher, Troubles.BEHIND);
        }
    }
}
