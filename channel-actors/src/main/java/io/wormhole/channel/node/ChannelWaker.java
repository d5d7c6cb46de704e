package io.wormhole.channel.node;

import io.wormhole.protocol.channel.ChannelId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Wakes channels a few at a time, after a start or when a link comes up: all at once would fill the
 * memory, and those that are in use, which wake when they are spoken to, would stand in line behind
 * all others at the journal.
 */
final class ChannelWaker extends AbstractBehavior<ChannelWaker.Command> {
    /** What the actor understands. */
    sealed interface Command {}

    /** Wakes each channel by telling it something; the stage is complete when it is awake. */
    record Wake(List<ChannelId> channels, Function<ChannelId, ? extends CompletionStage<?>> wake)
            implements Command {}

    /** One is awake, or did not wake up in time. */
    private record Woken() implements Command {}

    private record Sleeper(
            ChannelId channel, Function<ChannelId, ? extends CompletionStage<?>> wake) {}

    /** As many as the journal reads at once, and a few that wait for it. */
    static final int AT_ONCE = 16;

    private final Deque<Sleeper> sleepers = new ArrayDeque<>();
    private int waking;

    private ChannelWaker(ActorContext<Command> context) {
        super(context);
    }

    static Behavior<Command> create() {
        return Behaviors.setup(ChannelWaker::new);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Wake.class, this::wake)
                .onMessage(Woken.class, woken -> woken())
                .build();
    }

    private Behavior<Command> wake(Wake wake) {
        wake.channels().forEach(channel -> sleepers.add(new Sleeper(channel, wake.wake())));
        return wakeSome();
    }

    private Behavior<Command> woken() {
        waking--;
        return wakeSome();
    }

    private Behavior<Command> wakeSome() {
        while (waking < AT_ONCE && !sleepers.isEmpty()) {
            Sleeper next = sleepers.remove();
            waking++;
            getContext()
                    .pipeToSelf(next.wake().apply(next.channel()), (awake, failure) -> new Woken());
        }
        return this;
    }
}
