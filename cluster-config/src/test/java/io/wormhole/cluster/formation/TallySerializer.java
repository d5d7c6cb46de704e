package io.wormhole.cluster.formation;

import io.wormhole.cluster.example.CountMessage;
import io.wormhole.cluster.serial.ProtobufSerializer;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Carries the question of a tally, with its reply address, to another node. */
public final class TallySerializer extends ProtobufSerializer {
    static final String CONFIG =
            """
            pekko {
              loglevel = WARNING
              actor {
                serializers.tally = "io.wormhole.cluster.formation.TallySerializer"
                serialization-bindings {
                  "io.wormhole.cluster.formation.Tally$Command" = tally
                }
              }
            }
            """;

    public TallySerializer(ExtendedActorSystem system) {
        super(system, 7002);
        bind(
                "Count",
                Tally.Count.class,
                CountMessage.parser(),
                count -> CountMessage.newBuilder().setReplyTo(textOf(count.replyTo())).build(),
                message -> new Tally.Count(actorOf(message.getReplyTo())));
    }
}
