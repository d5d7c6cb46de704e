package io.wormhole.channel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.Examples;
import io.wormhole.channel.decider.Toy;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.cluster.serial.SerializationCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final UpdateRules RULES = new UpdateRules(new Toy());

    @Test
    void theExamplesHaveEveryType() {
        assertComplete(ChannelMessage.class, Examples.messages());
        assertComplete(ChannelEvent.class, Examples.events());
        assertComplete(ChannelAction.class, Examples.actions());
        assertComplete(ChannelMemory.class, Examples.memories());
    }

    private static void assertComplete(Class<?> root, List<?> examples) {
        Set<Class<?>> seen = new HashSet<>();
        examples.forEach(example -> seen.add(example.getClass()));
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(SerializationCheck.concrete(List.of(root)));
    }

    @Test
    void messagesSurviveTheWire() {
        for (ChannelMessage message : Examples.messages()) {
            assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void eventsSurviveTheJournal() {
        for (ChannelEvent event : Examples.events()) {
            assertThat(EventCodec.decode(EventCodec.encode(event), RULES)).isEqualTo(event);
        }
    }

    @Test
    void actionsSurviveTheCluster() {
        for (ChannelAction action : Examples.actions()) {
            assertThat(ActionCodec.decode(ActionCodec.encode(action), RULES)).isEqualTo(action);
        }
    }

    @Test
    void memoriesSurviveASnapshot() {
        for (ChannelMemory memory : Examples.memories()) {
            assertThat(SnapshotCodec.decode(SnapshotCodec.encode(memory), RULES)).isEqualTo(memory);
        }
    }

    @Test
    void emptyMessagesAreRefused() {
        assertThatThrownBy(
                        () ->
                                MessageCodec.decode(
                                        io.wormhole.channel.proto.ChannelMessage
                                                .getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without content");
    }
}
