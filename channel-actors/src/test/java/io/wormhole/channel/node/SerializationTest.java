package io.wormhole.channel.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.Examples;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.proto.ChannelEvent;
import io.wormhole.channel.proto.DirectoryEvent;
import io.wormhole.channel.proto.DirectorySnapshot;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.proto.PaymentEvents;
import io.wormhole.channel.proto.WalletEvent;
import io.wormhole.channel.proto.WalletSnapshot;
import io.wormhole.channel.proto.WatchAccountEvent;
import io.wormhole.channel.proto.WatchAccountSnapshot;
import io.wormhole.channel.proto.WatchClientEvent;
import io.wormhole.channel.proto.WatchClientSnapshot;
import io.wormhole.channel.proto.WatchDeskEvent;
import io.wormhole.channel.proto.WatchDeskSnapshot;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.wire.EventCodec;
import io.wormhole.cluster.serial.SerializationCheck;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.Nonce;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SerializationTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(
                    ConfigFactory.parseString("pekko.actor.allow-java-serialization = off")
                            .withFallback(ConfigFactory.load()));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void everythingThatIsStoredOrLeavesTheJvmGoesThroughProtobuf() {
        assertThat(
                        SerializationCheck.faults(
                                KIT.system(),
                                List.of(
                                        ChannelMemory.class,
                                        ChannelEntity.Command.class,
                                        ChannelEntity.Answer.class,
                                        ChannelEvent.class,
                                        MemorySnapshot.class,
                                        DirectoryEvent.class,
                                        DirectorySnapshot.class,
                                        PaymentEvents.class,
                                        WalletEvent.class,
                                        WalletSnapshot.class,
                                        WatchAccountEvent.class,
                                        WatchAccountSnapshot.class,
                                        WatchClientEvent.class,
                                        WatchClientSnapshot.class,
                                        WatchDeskEvent.class,
                                        WatchDeskSnapshot.class)))
                .isEmpty();
    }

    @Test
    void commandsReachAnotherNode() {
        var probe = KIT.<ChannelEntity.Answer>createTestProbe();
        for (ChannelAction action : Examples.actions()) {
            ChannelEntity.Perform perform = new ChannelEntity.Perform(action, probe.ref());
            assertThat(SerializationCheck.copy(KIT.system(), perform)).isEqualTo(perform);
            ChannelEntity.PartnerDid did =
                    new ChannelEntity.PartnerDid(Bob.KEYS.publicKey(), List.of(action, action));
            assertThat(SerializationCheck.copy(KIT.system(), did)).isEqualTo(did);
        }
        ChannelEntity.Inspect inspect =
                new ChannelEntity.Inspect(KIT.<ChannelMemory>createTestProbe().ref());
        assertThat(SerializationCheck.copy(KIT.system(), inspect)).isEqualTo(inspect);
        ChannelEntity.Request request =
                new ChannelEntity.Request(
                        "cups", Update.of(new ChannelOperation.Pay(0, Amount.of(1))), probe.ref());
        assertThat(SerializationCheck.copy(KIT.system(), request)).isEqualTo(request);
        ChannelEntity.Completed completed = new ChannelEntity.Completed("cups", new Nonce(7));
        assertThat(SerializationCheck.copy(KIT.system(), completed)).isEqualTo(completed);
        ChannelEntity.Refused refused = new ChannelEntity.Refused("busy");
        assertThat(SerializationCheck.copy(KIT.system(), refused)).isEqualTo(refused);
        ChannelEntity.RequestAll all =
                new ChannelEntity.RequestAll(
                        List.of(
                                new ChannelEntity.Wanted("cups", request.update()),
                                new ChannelEntity.Wanted("plates", request.update())),
                        KIT.<ChannelEntity.Answers>createTestProbe().ref());
        assertThat(SerializationCheck.copy(KIT.system(), all)).isEqualTo(all);
        ChannelEntity.Answers answers = new ChannelEntity.Answers(List.of(completed, refused));
        assertThat(SerializationCheck.copy(KIT.system(), answers)).isEqualTo(answers);
    }

    @Test
    void memoriesAndEventsAreReadBack() {
        for (ChannelMemory memory : Examples.memories()) {
            assertThat(SerializationCheck.copy(KIT.system(), memory)).isEqualTo(memory);
            ChannelEntity.Done done = new ChannelEntity.Done(memory);
            assertThat(SerializationCheck.copy(KIT.system(), done)).isEqualTo(done);
        }
        Examples.events().stream()
                .map(EventCodec::encode)
                .forEach(
                        event ->
                                assertThat(SerializationCheck.copy(KIT.system(), event))
                                        .isEqualTo(event));
    }
}
