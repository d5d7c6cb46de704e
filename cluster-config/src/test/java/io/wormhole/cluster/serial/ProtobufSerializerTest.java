package io.wormhole.cluster.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.example.CounterMessage;
import io.wormhole.cluster.example.GrownMessage;
import io.wormhole.cluster.serial.CounterEvent.Grown;
import io.wormhole.cluster.serial.CounterEvent.Reset;
import java.io.NotSerializableException;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProtobufSerializerTest {
    private static ActorSystem<Void> system;
    private static CounterSerializer serializer;

    @BeforeAll
    static void start() {
        system =
                ActorSystem.create(
                        Behaviors.empty(),
                        "serial-test",
                        ConfigFactory.parseString(
                                        """
                                        pekko.loglevel = WARNING
                                        pekko.actor {
                                          serializers.counter =
                                            "io.wormhole.cluster.serial.CounterSerializer"
                                          serialization-bindings {
                                            "io.wormhole.cluster.serial.CounterEvent" = counter
                                          }
                                        }
                                        """)
                                .withFallback(ConfigFactory.load()));
        serializer = new CounterSerializer((ExtendedActorSystem) system.classicSystem());
    }

    @AfterAll
    static void stop() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(SerializationCheck.copy(system, new Reset())).isEqualTo(new Reset());
        qt().forAll(
                        longs().between(0, Long.MAX_VALUE),
                        strings().allPossible().ofLengthBetween(0, 9))
                .assuming((by, why) -> why.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000))
                .check(
                        (by, why) -> {
                            Grown grown = new Grown(by, why);
                            return SerializationCheck.copy(system, grown).equals(grown);
                        });
    }

    @Test
    void anOldManifestIsStillRead() throws Exception {
        byte[] old = CounterMessage.newBuilder().setValue(3).build().toByteArray();

        assertThat(serializer.fromBinary(old, "Counted")).isEqualTo(new Grown(3, "counted"));
        assertThat(serializer.manifest(new Grown(3, "x"))).isEqualTo("Grown");
    }

    @Test
    void unknownDamagedAndRefusedBytesAreNamed() {
        byte[] negative = GrownMessage.newBuilder().setBy(-1).build().toByteArray();

        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "Shrunk"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("\"Shrunk\", allowed are [Counted, Grown, Reset]");
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {-1, -1}, "Grown"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("Grown is damaged");
        assertThatThrownBy(() -> serializer.fromBinary(negative, "Grown"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("by is -1, allowed is 0 or more");
        assertThatThrownBy(
                        () ->
                                serializer.fromBinary(
                                        new byte[ProtobufSerializer.MAX_BYTES + 1], "Grown"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("allowed are 16777216");
    }

    @Test
    void aForgottenTypeIsFoundAndALocalOneIsSkipped() {
        assertThat(SerializationCheck.faults(system, List.of(CounterEvent.class)))
                .containsExactly(
                        CounterEvent.Forgotten.class.getName()
                                + " is unknown to "
                                + CounterSerializer.class.getName());
        assertThat(SerializationCheck.faults(system, List.of(Grown.class, Reset.class))).isEmpty();
    }

    @Test
    void aTypeThatGoesElsewhereIsFound() {
        assertThat(SerializationCheck.faults(system, List.of(String.class)))
                .singleElement()
                .asString()
                .startsWith("java.lang.String goes to");
        assertThatThrownBy(() -> SerializationCheck.concrete(List.of(Runnable.class)))
                .hasMessageContaining("not sealed");
    }

    @Test
    void aForgottenTypeIsNotWritten() {
        assertThatThrownBy(() -> serializer.toBinary(new CounterEvent.Forgotten()))
                .hasMessageContaining("no binding for")
                .hasMessageContaining("Forgotten");
    }
}
