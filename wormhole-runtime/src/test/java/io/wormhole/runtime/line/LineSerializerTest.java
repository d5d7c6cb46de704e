package io.wormhole.runtime.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import io.wormhole.cluster.serial.SerializationCheck;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.proto.JobAccepted;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Lines may live on another node than those who talk to them. */
final class LineSerializerTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(
                    ConfigFactory.parseString("pekko.actor.provider = local")
                            .withFallback(ConfigFactory.load()));
    private static final Hash ORDER = new Hash(Bytes.of(new byte[Hash.SIZE]));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void everyCommandAndAnswerIsBoundToProtobuf() {
        assertThat(
                        SerializationCheck.faults(
                                KIT.system(),
                                List.of(
                                        LineEntity.Command.class,
                                        LineEntity.Reply.class,
                                        LineEntity.TreeIs.class,
                                        LineMemory.class)))
                .isEmpty();
    }

    @Test
    void commandsReachAnotherNode() {
        var replyTo = KIT.<LineEntity.Reply>createTestProbe().ref();
        JobAccepted job =
                JobAccepted.newBuilder()
                        .setOrder(ByteString.copyFrom(ORDER.bytes().toArray()))
                        .setCount(3)
                        .build();

        requireSameAfterCopy(
                new LineEntity.Deploy("line {}", replyTo),
                new LineEntity.TakeOn(job, replyTo),
                new LineEntity.Pause(true, replyTo),
                new LineEntity.Retire(replyTo),
                new LineEntity.CrashDevice("printer", 3, replyTo),
                new LineEntity.JobOver(ORDER),
                new LineEntity.Inspect(KIT.<LineMemory>createTestProbe().ref()),
                new LineEntity.Tree(KIT.<LineEntity.TreeIs>createTestProbe().ref()));
    }

    @Test
    void answersComeBack() {
        TreeMap<Hash, String> jobs = new TreeMap<>();
        jobs.put(ORDER, "printer");

        requireSameAfterCopy(
                new LineEntity.Done(),
                new LineEntity.Refused("paused"),
                new LineEntity.TreeIs(Optional.empty()),
                new LineEntity.TreeIs(Optional.of("{}")),
                LineMemory.NEW,
                new LineMemory(Optional.of("line {}"), jobs, true));
    }

    private static void requireSameAfterCopy(Object... values) {
        for (Object value : values) {
            assertThat(SerializationCheck.copy(KIT.system(), value)).isEqualTo(value);
        }
    }
}
