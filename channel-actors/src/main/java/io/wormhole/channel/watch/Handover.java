package io.wormhole.channel.watch;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far one watcher has what it should have: per channel the newest state of this side, what is
 * on the way, what the watcher has confirmed. Of each channel one state is on the way at a time, so
 * that a busy channel costs the watcher no more than it can store. Touched by one actor alone.
 */
final class Handover {
    private static final int ON_THE_WAY = 64;

    private final Map<ChannelId, Line> lines = new LinkedHashMap<>();
    private final Map<Hash, Sent> sent = new HashMap<>();
    private final Set<ChannelId> due = new LinkedHashSet<>();
    private final Set<ChannelId> later = new LinkedHashSet<>();
    // The watcher takes nothing before it is paid.
    private boolean unpaid;

    /**
     * A channel.
     *
     * @param newest number of the newest state
     * @param held number of the state that the watcher has confirmed; 0: none
     * @param since when the watcher fell behind
     * @param refused why the watcher does not take it, if so
     */
    record Line(long newest, long held, Instant since, Optional<String> refused) {
        boolean isBehind() {
            return newest > held;
        }
    }

    private record Sent(ChannelId channel, WatchMessage.Hold hold) {}

    /** There is a state of a channel; an older one changes nothing. */
    void newest(ChannelId channel, long number, Instant now) {
        Line before = lines.getOrDefault(channel, new Line(0, 0, now, Optional.empty()));
        if (number > before.newest()) {
            Instant since = before.isBehind() ? before.since() : now;
            lines.put(channel, new Line(number, before.held(), since, Optional.empty()));
            due.add(channel);
        }
    }

    /** The channel to hand over next, if one is due and there is room for it on the way. */
    Optional<ChannelId> next() {
        if (unpaid || sent.size() >= ON_THE_WAY) {
            return Optional.empty();
        }
        return due.stream().filter(channel -> !isOnTheWay(channel)).findFirst();
    }

    private boolean isOnTheWay(ChannelId channel) {
        return sent.values().stream().anyMatch(one -> one.channel().equals(channel));
    }

    void sent(ChannelId channel, WatchMessage.Hold hold) {
        due.remove(channel);
        sent.put(hold.hint(), new Sent(channel, hold));
    }

    /** What was sent under this hint and has no answer yet. */
    Optional<WatchMessage.Hold> onTheWay(Hash hint) {
        return Optional.ofNullable(sent.get(hint)).map(Sent::hold);
    }

    /** The watcher has what was sent. */
    void confirmed(Hash hint, Instant now) {
        Sent done = sent.remove(hint);
        Line line = done == null ? null : lines.get(done.channel());
        if (done != null && line != null) {
            long held = Math.max(line.held(), done.hold().number());
            // What is newer by now begins to count from here.
            lines.put(done.channel(), new Line(line.newest(), held, now, Optional.empty()));
        }
    }

    /** The watcher does not take what was sent; it is offered again when something changes. */
    Optional<ChannelId> refused(Hash hint, String reason) {
        Sent done = sent.remove(hint);
        if (done == null) {
            return Optional.empty();
        }
        lines.computeIfPresent(
                done.channel(),
                (channel, line) ->
                        new Line(line.newest(), line.held(), line.since(), Optional.of(reason)));
        return Optional.of(done.channel());
    }

    /** The watcher has no time for what was sent now; which channel that is. */
    Optional<ChannelId> busy(Hash hint) {
        Sent done = sent.remove(hint);
        if (done == null || !lines.containsKey(done.channel())) {
            return Optional.empty();
        }
        later.add(done.channel());
        return Optional.of(done.channel());
    }

    /** Some time has passed: what the watcher had no time for is handed over again. */
    void later() {
        due.addAll(later);
        later.clear();
    }

    /** The watcher is not paid: it holds nothing any more, and takes nothing. */
    void unpaid(Instant now) {
        lost(now);
        unpaid = true;
    }

    /** Whether the watcher has said that it is not paid. */
    boolean isUnpaid() {
        return unpaid;
    }

    /** The watcher is paid. */
    void paid() {
        unpaid = false;
    }

    /** The watcher holds nothing any more: whatever it had is handed over again. */
    void lost(Instant now) {
        sent.clear();
        later.clear();
        lines.replaceAll(
                (channel, line) ->
                        new Line(
                                line.newest(),
                                0,
                                line.isBehind() ? line.since() : now,
                                Optional.empty()));
        due.addAll(lines.keySet());
    }

    /** Whether the watcher has confirmed more than this, with nothing on the way to it. */
    boolean isMoreThan(int held) {
        long confirmed = lines.values().stream().filter(one -> one.held() > 0).count();
        return sent.isEmpty() && confirmed > held;
    }

    /** The link is gone, or new: what is not confirmed is handed over again. */
    void again() {
        sent.clear();
        lines.forEach(
                (channel, line) -> {
                    if (line.isBehind()) {
                        due.add(channel);
                    }
                });
    }

    /** The channel is over. */
    void forget(ChannelId channel) {
        lines.remove(channel);
        due.remove(channel);
        later.remove(channel);
        sent.values().removeIf(one -> one.channel().equals(channel));
    }

    Map<ChannelId, Line> lines() {
        return Map.copyOf(lines);
    }

    /** The channels of which the watcher has had an older state for longer than this. */
    List<ChannelId> behind(Duration tolerance, Instant now) {
        List<ChannelId> behind = new ArrayList<>();
        lines.forEach(
                (channel, line) -> {
                    if (line.isBehind() && line.since().plus(tolerance).isBefore(now)) {
                        behind.add(channel);
                    }
                });
        return behind;
    }
}
