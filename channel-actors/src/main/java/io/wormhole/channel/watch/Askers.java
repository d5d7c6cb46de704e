package io.wormhole.channel.watch;

import io.wormhole.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Who waits for a watcher's answer; of one actor alone. */
final class Askers {
    private final Map<PublicKey, Wish> wishes = new HashMap<>();
    private final Map<PublicKey, List<ActorRef<WatchAnswer>>> curious = new HashMap<>();

    private record Wish(WatchWish wish, List<ActorRef<WatchAnswer>> askers) {}

    static WatchAnswer noLink(PublicKey watcher) {
        return new WatchAnswer.Refused("no-link", "there is no link to " + watcher + " now");
    }

    static WatchAnswer notSubscribed(PublicKey watcher) {
        return new WatchAnswer.Refused("not-subscribed", watcher + " does not watch");
    }

    /** Somebody wants to know the terms. */
    void asks(PublicKey watcher, ActorRef<WatchAnswer> asker) {
        curious.computeIfAbsent(watcher, unknown -> new ArrayList<>()).add(asker);
    }

    /** Somebody wants to be watched; a later wish takes the place of the one before. */
    void wishes(PublicKey watcher, WatchWish wish, ActorRef<WatchAnswer> asker) {
        List<ActorRef<WatchAnswer>> askers = new ArrayList<>();
        Optional.ofNullable(wishes.get(watcher))
                .ifPresent(before -> askers.addAll(before.askers()));
        askers.add(asker);
        wishes.put(watcher, new Wish(wish, askers));
    }

    /** What is wished, if anything is. */
    Optional<WatchWish> wished(PublicKey watcher) {
        return Optional.ofNullable(wishes.get(watcher)).map(Wish::wish);
    }

    /** Answers who wanted to know. */
    void answerCurious(PublicKey watcher, WatchAnswer answer) {
        List<ActorRef<WatchAnswer>> askers = curious.remove(watcher);
        if (askers != null) {
            askers.forEach(asker -> asker.tell(answer));
        }
    }

    /** Answers who wished to be watched. */
    void answer(PublicKey watcher, WatchAnswer answer) {
        Wish wish = wishes.remove(watcher);
        if (wish != null) {
            wish.askers().forEach(asker -> asker.tell(answer));
        }
    }
}
