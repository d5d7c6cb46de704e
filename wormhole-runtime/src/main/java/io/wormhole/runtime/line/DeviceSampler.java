package io.wormhole.runtime.line;

import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.device.DeviceProtocol;
import io.wormhole.runtime.device.DeviceStatus;
import io.wormhole.runtime.device.Temperatures;
import java.math.BigDecimal;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Asks a device once in a while what it measures, and tells the node. */
final class DeviceSampler {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What the actor understands. */
    sealed interface Command {}

    private record Tick() implements Command {}

    private record Seen(DeviceStatus status) implements Command {}

    private final ActorContext<Command> context;
    private final Name line;
    private final String device;

    private DeviceSampler(ActorContext<Command> context, Name line, String device) {
        this.context = context;
        this.line = line;
        this.device = device;
    }

    static Behavior<Command> create(
            Name line, String device, ActorRef<? super DeviceProtocol.Command> worker) {
        return Behaviors.setup(
                context ->
                        Behaviors.withTimers(
                                timers -> {
                                    timers.startTimerWithFixedDelay(new Tick(), PAUSE);
                                    return new DeviceSampler(context, line, device)
                                            .sampling(worker);
                                }));
    }

    private Behavior<Command> sampling(ActorRef<? super DeviceProtocol.Command> worker) {
        ActorRef<DeviceStatus> here = context.messageAdapter(DeviceStatus.class, Seen::new);
        return Behaviors.receive(Command.class)
                .onMessage(
                        Tick.class,
                        tick -> {
                            worker.tell(new DeviceProtocol.Describe(here));
                            return Behaviors.same();
                        })
                .onMessage(Seen.class, this::seen)
                .build();
    }

    private Behavior<Command> seen(Seen seen) {
        Temperatures measured = seen.status().temperatures();
        boolean isKnown =
                seen.status().connection() == DeviceStatus.Connection.READY
                        && !measured.equals(Temperatures.UNKNOWN);
        if (isKnown) {
            publish("hotend", measured.hotend());
            publish("bed", measured.bed());
        }
        return Behaviors.same();
    }

    private void publish(String quantity, double value) {
        context.getSystem()
                .eventStream()
                .tell(
                        new EventStream.Publish<>(
                                new DeviceMeasured(
                                        line, device, quantity, BigDecimal.valueOf(value))));
    }
}
