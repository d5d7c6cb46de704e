package io.wormhole.channel.watch;

/** What a watched node's owner is answered. */
public sealed interface WatchAnswer {
    /** What a watcher offers. */
    record Offered(WatchMessage.Terms terms) implements WatchAnswer {}

    /** The watcher watches. */
    record Subscribed(WatcherView view) implements WatchAnswer {}

    /** The watcher watches no more. */
    record Stopped() implements WatchAnswer {}

    /** It is not done; {@code code} is for programs. */
    record Refused(String code, String reason) implements WatchAnswer {}
}
