package io.wormhole.channel.node;

import io.wormhole.protocol.channel.ChannelId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Wakes channels a few at a time, after a start or when a link comes up: all at once would fill the
 * memory and hold up those that are in use, which wake when they are spoken to.
 */
final class ChannelWaker extends AbstractBehavior<ChannelWaker.Command> {
    /** What the actor understands. */
    sealed interface Command {}

    /** Wakes each channel by telling it something. */
    record Wake(List<ChannelId> channels, Consumer<ChannelId> tell) implements Command {}

    private record Tick() implements Command {}

    private record Sleeper(ChannelId channel, Consumer<ChannelId> tell) {}

    private static final int AT_ONCE = 250;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final TimerScheduler<Command> timers;
    private final Deque<Sleeper> sleepers = new ArrayDeque<>();

    private ChannelWaker(ActorContext<Command> context, TimerScheduler<Command> timers) {
        super(context);
        this.timers = timers;
    }

    static Behavior<Command> create() {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ChannelWaker(context, timers)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Wake.class, this::wake)
                .onMessage(Tick.class, tick -> wakeSome())
                .build();
    }

    private Behavior<Command> wake(Wake wake) {
        wake.channels().forEach(channel -> sleepers.add(new Sleeper(channel, wake.tell())));
        return timers.isTimerActive("tick") ? this : wakeSome();
    }

    private Behavior<Command> wakeSome() {
        for (int i = 0; i < AT_ONCE && !sleepers.isEmpty(); i++) {
            Sleeper next = sleepers.remove();
            next.tell().accept(next.channel());
        }
        if (!sleepers.isEmpty()) {
            timers.startSingleTimer("tick", new Tick(), PAUSE);
        }
        return this;
    }
}
