package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Open;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The channels of a watched node and how far each watcher is with them; of one actor alone. */
final class WatchedChannels {
    // A watcher takes no more messages of a client at once than some hundreds.
    private static final int ASKED_AT_ONCE = 256;

    private final WatchedNode self;
    private final SecureRandom random = new SecureRandom();
    private final Set<PublicKey> linked = new HashSet<>();
    private final Map<PublicKey, Handover> handovers = new LinkedHashMap<>();
    private final Map<ChannelId, Newest> newest = new LinkedHashMap<>();
    private final DoubtBook doubts = new DoubtBook();

    private record Newest(ChannelParty party, CoSignedState state) {}

    WatchedChannels(WatchedNode self) {
        this.self = self;
    }

    private WatchClientWorld world() {
        return self.world();
    }

    boolean isLinked(PublicKey partner) {
        return linked.contains(partner);
    }

    boolean isWatching(PublicKey watcher) {
        return handovers.containsKey(watcher);
    }

    /** A link is up: all that is unanswered is said again. */
    void up(PublicKey partner) {
        linked.add(partner);
        for (Hash hint : doubts.next(ASKED_AT_ONCE)) {
            world().say(partner, new WatchMessage.Fetch(hint));
        }
        Handover handover = handovers.get(partner);
        if (handover != null) {
            handover.again();
            handOver(partner, handover);
        }
    }

    void down(PublicKey partner) {
        linked.remove(partner);
    }

    /** This one watches. */
    void watching(PublicKey watcher) {
        Handover known = handovers.get(watcher);
        Handover handover = known == null ? new Handover() : known;
        if (known == null) {
            handovers.put(watcher, handover);
            newest.forEach((channel, one) -> offer(watcher, handover, channel, one));
        }
        handover.paid();
        handOver(watcher, handover);
    }

    /** This one says that it is not paid, and holds nothing. */
    void unpaid(PublicKey watcher) {
        Handover handover = handovers.get(watcher);
        if (handover != null) {
            handover.unpaid(world().now());
        }
    }

    /** Whether this one has said that it is not paid. */
    boolean isUnpaid(PublicKey watcher) {
        Handover handover = handovers.get(watcher);
        return handover != null && handover.isUnpaid();
    }

    /**
     * This one says of how many channels it holds something.
     *
     * @param afresh whether it has begun anew, so that it holds nothing of before
     */
    void holds(PublicKey watcher, int held, boolean afresh) {
        Handover handover = handovers.get(watcher);
        if (handover != null && (afresh || handover.isMoreThan(held))) {
            handover.lost(world().now());
        }
    }

    /** Time has passed: what watchers had no time for is said again. */
    void later() {
        handovers.forEach(
                (watcher, handover) -> {
                    handover.later();
                    handOver(watcher, handover);
                });
    }

    /** This one watches no more, and is told so. */
    void stop(PublicKey watcher) {
        for (Newest one : newest.values()) {
            Hash hint = WatchSeal.hint(one.party().id(), one.party().me());
            world().say(watcher, new WatchMessage.Drop(hint));
        }
        handovers.remove(watcher);
    }

    // A watcher does not watch its own partner.
    private void offer(PublicKey watcher, Handover handover, ChannelId channel, Newest one) {
        if (!one.party().partnerKey().equals(watcher)) {
            handover.newest(channel, one.state().nonce().value(), world().now());
        }
    }

    private void handOver(PublicKey watcher, Handover handover) {
        if (!linked.contains(watcher)) {
            return;
        }
        for (Optional<ChannelId> next = handover.next(); next.isPresent(); next = handover.next()) {
            Newest one = newest.get(next.get());
            if (one == null) {
                handover.forget(next.get());
                continue;
            }
            WatchMessage.Hold hold =
                    WatchPacking.pack(one.party(), one.state(), self.key(), watcher, random);
            handover.sent(next.get(), hold);
            world().say(watcher, hold);
        }
    }

    /** This is what is known of a channel now. */
    void see(ChannelId channel, KnownChannel memory) {
        doubts.see(channel, memory).ifPresent(this::askAbout);
        // What is lost or in doubt may be old.
        boolean sure =
                !(memory instanceof Lost)
                        && !(memory instanceof Ended)
                        && !(memory instanceof Open open && open.doubtful());
        Optional<CoSignedState> state = sure ? WatchPacking.stateOf(memory) : Optional.empty();
        if (state.isPresent() && isNews(channel, state.get())) {
            Newest one = new Newest(memory.party(), state.get());
            newest.put(channel, one);
            handovers.forEach(
                    (watcher, handover) -> {
                        offer(watcher, handover, channel, one);
                        handOver(watcher, handover);
                    });
        }
    }

    // What was asked for may come after what was told.
    private boolean isNews(ChannelId channel, CoSignedState state) {
        Newest known = newest.get(channel);
        return known == null || state.nonce().isAfter(known.state().nonce());
    }

    /** A channel is over. */
    void forget(ChannelId channel) {
        newest.remove(channel);
        handovers.values().forEach(handover -> handover.forget(channel));
    }

    void receipt(PublicKey watcher, WatchReceipt receipt) {
        Handover handover = handovers.get(watcher);
        if (handover == null) {
            return;
        }
        boolean valid =
                handover.onTheWay(receipt.hint())
                        .filter(hold -> receipt.isFor(hold, watcher, self.network()))
                        .isPresent();
        if (valid) {
            handover.confirmed(receipt.hint(), world().now());
            handOver(watcher, handover);
        }
    }

    /** A watcher does not take what was handed over under a hint; which channel that is. */
    Optional<ChannelId> refused(PublicKey watcher, Hash hint, String code, String reason) {
        Handover handover = handovers.get(watcher);
        if (handover == null) {
            return Optional.empty();
        }
        if (code.equals("busy")) {
            handover.busy(hint);
            return Optional.empty();
        }
        Optional<ChannelId> channel = handover.refused(hint, reason);
        if (channel.isPresent() && code.equals("unpaid")) {
            handover.unpaid(world().now());
        }
        return channel;
    }

    /** A watcher gives back what it held; throws when it is not what was sealed. */
    void givenBack(WatchMessage.Hold hold) {
        doubts.newer(hold).ifPresent(state -> world().prove(state.state().channel(), state));
    }

    /** Asks every partner that may hold something for some of what is in doubt here. */
    void askAboutDoubts() {
        doubts.next(ASKED_AT_ONCE).forEach(this::askAbout);
    }

    private void askAbout(Hash hint) {
        linked.forEach(partner -> world().say(partner, new WatchMessage.Fetch(hint)));
    }

    /** Of how many channels a watcher has had an older state for longer than this. */
    int behind(PublicKey watcher, Duration tolerance, Instant now) {
        Handover handover = handovers.get(watcher);
        return handover == null ? 0 : handover.behind(tolerance, now).size();
    }

    WatcherView view(Subscription subscription) {
        List<WatcherView.Watched> channels = new ArrayList<>();
        Handover handover = handovers.get(subscription.watcher());
        if (handover != null) {
            handover.lines()
                    .forEach(
                            (channel, line) ->
                                    channels.add(
                                            new WatcherView.Watched(
                                                    channel,
                                                    line.newest(),
                                                    line.held(),
                                                    line.refused().orElse(""))));
        }
        return new WatcherView(
                subscription,
                linked.contains(subscription.watcher()),
                subscription.isServed(world().now()),
                channels);
    }
}
