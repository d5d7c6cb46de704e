package io.wormhole.channel.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wormhole.channel.proto.WatchFrame;
import io.wormhole.channel.proto.WatchHoldMessage;
import io.wormhole.channel.proto.WatchRefusalMessage;
import io.wormhole.channel.proto.WatchTermsMessage;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.TestNetwork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchCodecTest {
    private static final WatchMessage.Hold HOLD =
            Watching.hold(Watching.terms(CloseRule.CLOSE_AT_ONCE), 7, 130);
    private static final Instant UNTIL = Instant.ofEpochSecond(1_900_000_000);

    private static final List<WatchMessage> ALL =
            List.of(
                    new WatchMessage.Ask(true),
                    new WatchMessage.Terms(
                            Watching.TERMS, Optional.of(UNTIL), 2, Optional.of("dsdinv1…")),
                    new WatchMessage.Terms(Watching.TERMS, Optional.empty(), 0, Optional.empty()),
                    HOLD,
                    new WatchMessage.Receipt(
                            WatchReceipt.sign(HOLD, UNTIL, Watching.TOWER, TestNetwork.ID)),
                    new WatchMessage.Drop(HOLD.hint()),
                    new WatchMessage.Fetch(HOLD.hint()),
                    new WatchMessage.Held(HOLD.hint(), Optional.of(HOLD)),
                    new WatchMessage.Held(HOLD.hint(), Optional.empty()),
                    new WatchMessage.Refused(Optional.of(HOLD.hint()), "newer-held", "why", 9),
                    new WatchMessage.Refused(Optional.empty(), "unpaid", "why", 0));

    @Test
    void everyMessageIsReadBack() {
        for (WatchMessage message : ALL) {
            assertThat(WatchCodec.decode(WatchCodec.encode(message))).isEqualTo(message);
        }
    }

    @Test
    void aReceiptIsGoodForExactlyWhatWasHandedOver() {
        WatchReceipt receipt = WatchReceipt.sign(HOLD, UNTIL, Watching.TOWER, TestNetwork.ID);
        WatchMessage.Hold other = Watching.hold(Watching.terms(CloseRule.CLOSE_AT_ONCE), 7, 130);
        WatchReceipt longer =
                new WatchReceipt(
                        receipt.hint(),
                        receipt.number(),
                        receipt.digest(),
                        UNTIL.plusSeconds(1),
                        receipt.signature());

        assertThat(receipt.isFor(HOLD, Watching.TOWER.publicKey(), TestNetwork.ID)).isTrue();
        assertThat(receipt.isFor(other, Watching.TOWER.publicKey(), TestNetwork.ID)).isFalse();
        assertThat(longer.isFor(HOLD, Watching.TOWER.publicKey(), TestNetwork.ID)).isFalse();
        assertThat(receipt.isFor(HOLD, Watching.key((byte) 5).publicKey(), TestNetwork.ID))
                .isFalse();
    }

    @Test
    void whatIsTooLargeOrMakesNoSenseIsRefused() {
        ByteString hint = WatchCodec.bytes(HOLD.hint().bytes());
        WatchHoldMessage huge =
                WatchHoldMessage.newBuilder()
                        .setHint(hint)
                        .setNumber(1)
                        .setSealed(ByteString.copyFrom(new byte[WatchTerms.LARGEST_BYTES + 1]))
                        .build();
        List<WatchFrame> hostile =
                List.of(
                        WatchFrame.getDefaultInstance(),
                        WatchFrame.newBuilder().setHold(huge).build(),
                        WatchFrame.newBuilder()
                                .setHold(huge.toBuilder().setNumber(-1).setSealed(hint))
                                .build(),
                        WatchFrame.newBuilder().setFetch(hint.substring(1)).build(),
                        WatchFrame.newBuilder()
                                .setTerms(
                                        WatchTermsMessage.newBuilder()
                                                .setPriceBaseUnits(-1)
                                                .setPeriodSeconds(1))
                                .build(),
                        WatchFrame.newBuilder()
                                .setTerms(
                                        WatchTermsMessage.newBuilder()
                                                .setPriceBaseUnits(1)
                                                .setPeriodSeconds(Long.MAX_VALUE))
                                .build(),
                        WatchFrame.newBuilder()
                                .setRefusal(
                                        WatchRefusalMessage.newBuilder()
                                                .setReason("x".repeat(100_000)))
                                .build());

        for (WatchFrame frame : hostile) {
            assertThatThrownBy(() -> WatchCodec.decode(frame))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noWatcherWritesIntoALog() {
        WatchFrame frame =
                WatchFrame.newBuilder()
                        .setRefusal(
                                WatchRefusalMessage.newBuilder()
                                        .setCode("x")
                                        .setReason("paid\nWARN all is lost\u001b[2J"))
                        .build();

        assertThat(((WatchMessage.Refused) WatchCodec.decode(frame)).reason())
                .isEqualTo("paid WARN all is lost [2J");
    }

    @Test
    void changedFramesAreRefusedAndNeverAFault() {
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            byte[] frame = WatchCodec.encode(ALL.get(i % ALL.size())).toByteArray();
            for (int changes = 0; changes < 3 && frame.length > 0; changes++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(WatchCodec.decode(WatchFrame.parseFrom(frame))).isNotNull();
            } catch (IllegalArgumentException | InvalidProtocolBufferException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    @Test
    void aHintTellsNothingOfItsChannel() {
        Hash first = WatchSeal.hint(Watching.state(termsA(), 1, 1).state().channel(), 0);

        assertThat(first)
                .isNotEqualTo(WatchSeal.hint(Watching.state(termsA(), 1, 1).state().channel(), 1));
        assertThat(first.toHex()).isNotEqualTo(termsA().id(TestNetwork.ID).toString());
    }

    private static ChannelTerms termsA() {
        return Watching.terms(CloseRule.CLOSE_AT_ONCE);
    }
}
