package io.wormhole.channel.watch;

import io.wormhole.channel.watch.Subscriptions.Trouble;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells people of troubles with watchers, once for each until it is over, also across restarts; of
 * one actor alone.
 */
final class Troubles {
    /** The trouble that a watcher's receipts end, and no payment. */
    static final String BEHIND = "watch-behind";

    private final WatchClientWorld world;
    private final Book book;
    private final Set<Trouble> told = new HashSet<>();

    /** Where it is noted that people were told, and that a trouble is over. */
    interface Book {
        void note(Trouble trouble, boolean over);
    }

    Troubles(WatchClientWorld world, Book book) {
        this.world = world;
        this.book = book;
    }

    /** After a restart: of these people were told before. */
    void recovered(Set<Trouble> before) {
        told.addAll(before);
    }

    /** There is a trouble. */
    void alarm(PublicKey watcher, String code, String words) {
        Trouble trouble = new Trouble(watcher, code);
        if (told.add(trouble)) {
            world.alarm(watcher, code, words);
            book.note(trouble, false);
        }
    }

    /** A trouble is over. */
    void calm(PublicKey watcher, String code) {
        calm(new Trouble(watcher, code));
    }

    /** A watcher was paid: whatever is wrong with that later is told again. */
    void calm(PublicKey watcher) {
        List.copyOf(told).stream()
                .filter(trouble -> trouble.watcher().equals(watcher))
                .filter(trouble -> !trouble.code().equals(BEHIND))
                .forEach(this::calm);
    }

    /** Nobody waits for this watcher any more. */
    void forget(PublicKey watcher) {
        told.removeIf(trouble -> trouble.watcher().equals(watcher));
    }

    private void calm(Trouble trouble) {
        if (told.remove(trouble)) {
            book.note(trouble, true);
        }
    }
}
