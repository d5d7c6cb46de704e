package io.wormhole.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.typesafe.config.ConfigFactory;
import io.wormhole.runtime.proto.CustomerOrderChanged;
import io.wormhole.runtime.proto.CustomerOrdersSnapshot;
import io.wormhole.runtime.proto.JobEvent;
import io.wormhole.runtime.proto.LineDirectoryEvent;
import io.wormhole.runtime.proto.LineEvent;
import io.wormhole.runtime.proto.LinePaused;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.remote.serialization.ProtobufSerializer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What this module stores is protobuf under the settings that a node runs with. */
class StoredTypesTest {
    private static final ActorSystem<Void> SYSTEM =
            ActorSystem.create(
                    Behaviors.empty(),
                    "stored-types",
                    ConfigFactory.parseString("pekko.actor.provider = local")
                            .withFallback(ConfigFactory.load()));
    private static final Serialization SERIALIZATION =
            SerializationExtension.get(SYSTEM.classicSystem());

    @AfterAll
    static void stop() {
        SYSTEM.terminate();
    }

    @Test
    void javaSerializationIsOff() {
        assertThat(SYSTEM.settings().config().getBoolean("pekko.actor.allow-java-serialization"))
                .isFalse();
    }

    @Test
    void everyStoredTypeIsBoundToProtobuf() throws Exception {
        List<Class<? extends Message>> stored =
                List.of(
                        LineEvent.class,
                        LineDirectoryEvent.class,
                        JobEvent.class,
                        CustomerOrderChanged.class,
                        CustomerOrdersSnapshot.class);

        for (Class<? extends Message> type : stored) {
            assertThat(SERIALIZATION.serializerFor(type))
                    .as(type.getName())
                    .isInstanceOf(ProtobufSerializer.class);
        }
    }

    @Test
    void whatIsStoredIsReadBack() {
        LineEvent event =
                LineEvent.newBuilder().setPaused(LinePaused.newBuilder().setPaused(true)).build();

        byte[] bytes = SERIALIZATION.serialize(event).get();
        LineEvent read = SERIALIZATION.deserialize(bytes, LineEvent.class).get();

        assertThat(read).isEqualTo(event);
    }
}
