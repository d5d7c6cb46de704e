package io.wormhole.cluster.serial;

import io.wormhole.cluster.example.CounterMessage;
import io.wormhole.cluster.example.GrownMessage;
import io.wormhole.cluster.serial.CounterEvent.Grown;
import io.wormhole.cluster.serial.CounterEvent.Reset;
import org.apache.pekko.actor.ExtendedActorSystem;

/** A serializer as a module writes one. */
public final class CounterSerializer extends ProtobufSerializer {
    public CounterSerializer(ExtendedActorSystem system) {
        super(system, 7001);
        bind(
                "Grown",
                Grown.class,
                GrownMessage.parser(),
                grown -> GrownMessage.newBuilder().setBy(grown.by()).setWhy(grown.why()).build(),
                message -> new Grown(message.getBy(), message.getWhy()));
        bindEmpty("Reset", new Reset());
        bindOld("Counted", CounterMessage.parser(), old -> new Grown(old.getValue(), "counted"));
    }
}
