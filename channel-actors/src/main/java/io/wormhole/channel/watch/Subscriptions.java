package io.wormhole.channel.watch;

import io.wormhole.channel.proto.WatchClientEvent;
import io.wormhole.channel.proto.WatchClientSnapshot;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The watchers of this node. */
record Subscriptions(Map<PublicKey, Subscription> all) {
    static final Subscriptions NONE = new Subscriptions(Map.of());

    Subscriptions {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    Optional<Subscription> with(PublicKey watcher) {
        return Optional.ofNullable(all.get(watcher));
    }

    static WatchClientEvent subscribed(Subscription subscription) {
        return WatchClientEvent.newBuilder().setSubscribed(subscription.toField()).build();
    }

    static WatchClientEvent stopped(PublicKey watcher) {
        return WatchClientEvent.newBuilder().setStopped(WatchCodec.bytes(watcher.bytes())).build();
    }

    Subscriptions after(WatchClientEvent event) {
        Map<PublicKey, Subscription> next = new LinkedHashMap<>(all);
        switch (event.getEventCase()) {
            case SUBSCRIBED -> {
                Subscription now = Subscription.ofField(event.getSubscribed());
                next.put(now.watcher(), now);
            }
            case STOPPED -> next.remove(WatchCodec.key(event.getStopped()));
            default -> throw new IllegalArgumentException("a watch event without content");
        }
        return new Subscriptions(next);
    }

    WatchClientSnapshot toSnapshot() {
        return WatchClientSnapshot.newBuilder()
                .addAllSubscriptions(all.values().stream().map(Subscription::toField).toList())
                .build();
    }

    static Subscriptions ofSnapshot(WatchClientSnapshot in) {
        Map<PublicKey, Subscription> all = new LinkedHashMap<>();
        in.getSubscriptionsList().stream()
                .map(Subscription::ofField)
                .forEach(one -> all.put(one.watcher(), one));
        return new Subscriptions(all);
    }
}
