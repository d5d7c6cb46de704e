package io.wormhole.channel.watch;

import io.wormhole.channel.proto.WatchClientEvent;
import io.wormhole.channel.proto.WatchClientSnapshot;
import io.wormhole.channel.proto.WatchTrouble;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/**
 * The watchers of this node, and the troubles with them of which people were told already.
 *
 * @param told those that are not over
 */
record Subscriptions(Map<PublicKey, Subscription> all, Set<Trouble> told) {
    static final Subscriptions NONE = new Subscriptions(Map.of(), Set.of());

    // A watcher chooses the codes of its refusals.
    private static final int MOST_TOLD = 256;

    Subscriptions {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
        told = Collections.unmodifiableSet(new LinkedHashSet<>(told));
    }

    /** Something about a watcher that people should know; {@code code} is for programs. */
    record Trouble(PublicKey watcher, String code) {
        private WatchTrouble toField() {
            return WatchTrouble.newBuilder()
                    .setWatcher(WatchCodec.bytes(watcher.bytes()))
                    .setCode(code)
                    .build();
        }

        private static Trouble ofField(WatchTrouble field) {
            return new Trouble(WatchCodec.key(field.getWatcher()), field.getCode());
        }
    }

    Optional<Subscription> with(PublicKey watcher) {
        return Optional.ofNullable(all.get(watcher));
    }

    boolean isNeverPaid(PublicKey watcher) {
        return with(watcher).filter(one -> one.paidUntil().isEmpty()).isPresent();
    }

    static WatchClientEvent subscribed(Subscription subscription) {
        return WatchClientEvent.newBuilder().setSubscribed(subscription.toField()).build();
    }

    static WatchClientEvent stopped(PublicKey watcher) {
        return WatchClientEvent.newBuilder().setStopped(WatchCodec.bytes(watcher.bytes())).build();
    }

    /** What to store when people were told of a trouble, or it is over; empty: nothing changes. */
    Optional<WatchClientEvent> noted(Trouble trouble, boolean over) {
        boolean known = told.contains(trouble);
        boolean changes =
                over
                        ? known
                        : !known && all.containsKey(trouble.watcher()) && told.size() < MOST_TOLD;
        if (!changes) {
            return Optional.empty();
        }
        WatchClientEvent.Builder event = WatchClientEvent.newBuilder();
        return Optional.of(
                (over ? event.setOver(trouble.toField()) : event.setTold(trouble.toField()))
                        .build());
    }

    Subscriptions after(WatchClientEvent event) {
        Map<PublicKey, Subscription> next = new LinkedHashMap<>(all);
        Set<Trouble> known = new LinkedHashSet<>(told);
        switch (event.getEventCase()) {
            case SUBSCRIBED -> {
                Subscription now = Subscription.ofField(event.getSubscribed());
                next.put(now.watcher(), now);
            }
            case STOPPED -> {
                PublicKey watcher = WatchCodec.key(event.getStopped());
                next.remove(watcher);
                known.removeIf(trouble -> trouble.watcher().equals(watcher));
            }
            case TOLD -> known.add(Trouble.ofField(event.getTold()));
            case OVER -> known.remove(Trouble.ofField(event.getOver()));
            default -> throw new IllegalArgumentException("a watch event without content");
        }
        return new Subscriptions(next, known);
    }

    WatchClientSnapshot toSnapshot() {
        return WatchClientSnapshot.newBuilder()
                .addAllSubscriptions(all.values().stream().map(Subscription::toField).toList())
                .addAllTold(told.stream().map(Trouble::toField).toList())
                .build();
    }

    static Subscriptions ofSnapshot(WatchClientSnapshot in) {
        Map<PublicKey, Subscription> all = new LinkedHashMap<>();
        in.getSubscriptionsList().stream()
                .map(Subscription::ofField)
                .forEach(one -> all.put(one.watcher(), one));
        Set<Trouble> told = new LinkedHashSet<>();
        in.getToldList().stream().map(Trouble::ofField).forEach(told::add);
        return new Subscriptions(all, told);
    }

    /** As a snapshot holds them. */
    static SnapshotAdapter<Subscriptions> adapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Subscriptions now) {
                return now.toSnapshot();
            }

            @Override
            public Subscriptions fromJournal(Object stored) {
                return Subscriptions.ofSnapshot((WatchClientSnapshot) stored);
            }
        };
    }
}
