package io.wormhole.runtime.line;

import io.wormhole.protocol.naming.Name;
import io.wormhole.runtime.device.DeviceProtocol;
import io.wormhole.runtime.device.DeviceProtocol.Print;
import io.wormhole.runtime.device.MarlinConnection;
import io.wormhole.runtime.device.MarlinSettings;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The worker of one device: its driver, which an operator can make crash to see the tree at work.
 */
final class DeviceWorker {
    private DeviceWorker() {}

    /**
     * A fault drill: the worker that gets this fails as if its driver had a bug.
     *
     * @param part of a job in the middle of whose printing it fails, from 1; 0: it fails at once
     */
    record Crash(int part) {}

    /** The worker of a printer; takes {@link DeviceProtocol.Command} and {@link Crash}. */
    static Behavior<Object> create(Name line, String device, PrinterDefinition printer) {
        MarlinSettings settings =
                MarlinSettings.of(printer.address().host(), printer.address().port())
                        .withWindowLines(printer.windowLines())
                        .withPatience(printer.silence(), printer.giveUpAfter());
        return Behaviors.setup(
                context -> {
                    context.spawn(DeviceSampler.create(line, device, context.getSelf()), "sampler");
                    return Behaviors.intercept(Drill::new, MarlinConnection.create(settings));
                });
    }

    private static final class Drill extends BehaviorInterceptor<Object, DeviceProtocol.Command> {
        private int part;
        private boolean isAmid;

        Drill() {
            super(Object.class);
        }

        @Override
        public Behavior<DeviceProtocol.Command> aroundReceive(
                TypedActorContext<Object> context,
                Object message,
                ReceiveTarget<DeviceProtocol.Command> target) {
            if (isAmid || (message instanceof Crash crash && crash.part() == 0)) {
                throw new IllegalStateException("fault drill");
            }
            if (message instanceof Crash crash) {
                part = crash.part();
                return Behaviors.same();
            }
            isAmid = message instanceof Print print && print.part().part() == part;
            return target.apply(context, (DeviceProtocol.Command) message);
        }
    }
}
