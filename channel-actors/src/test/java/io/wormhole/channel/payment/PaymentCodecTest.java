package io.wormhole.channel.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.channel.hop.HopPayment;
import io.wormhole.channel.invoice.Invoice;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.route.AnnouncedChannel;
import io.wormhole.channel.route.Announcement;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaymentCodecTest {
    private static final Bytes SECRET = Bytes.of(new byte[HashTimeLock.SECRET_SIZE]);
    private static final Hash HASH = HashTimeLock.hashOf(SECRET);
    private static final ChannelId ONE = channel(1);
    private static final ChannelId OTHER = channel(2);
    private static final RelayLeg LEG = new RelayLeg(OTHER, Amount.of(7), new BlockHeight(90));

    private static ChannelId channel(int salt) {
        return new ChannelId(Hash.of(DomainTag.GENESIS, Bytes.of((byte) salt)));
    }

    private static Invoice invoice() {
        return Invoice.of(
                new Invoice.Terms(
                        TestNetwork.ID, Amount.of(7), HASH, new BlockHeight(400), 60, "cups"),
                Bob.KEYS);
    }

    private static Announcement announcement() {
        return Announcement.of(
                new AnnouncedChannel(
                        ONE,
                        Alice.KEYS.publicKey(),
                        Bob.KEYS.publicKey(),
                        Amount.of(500),
                        Amount.of(2),
                        1_000,
                        60),
                3,
                Alice.KEYS,
                TestNetwork.ID);
    }

    @Test
    void everyEventIsReadBack() {
        Hop payer = Hop.payer(HASH, 3, List.of(new RelayLeg(ONE, Amount.of(9), LEG.expiry()), LEG));
        Hop relay = Hop.of(new RelayMessage.Forward(HASH, 3, ONE, List.of(LEG, LEG)));
        Hop payee = Hop.of(new RelayMessage.Forward(HASH, 3, OTHER, List.of()));
        List<PaymentEvent> events =
                List.of(
                        new PaymentEvent.InvoiceIssued(invoice(), SECRET),
                        new PaymentEvent.InvoiceAccepted(HASH),
                        new PaymentEvent.InvoiceClosed(HASH, true),
                        new PaymentEvent.PaymentBegun(invoice(), Amount.of(4), 2),
                        new PaymentEvent.PaymentPaid(HASH, SECRET, Amount.of(2)),
                        new PaymentEvent.PaymentFailed(HASH, "no way was found"),
                        new PaymentEvent.HopBegun(payer),
                        new PaymentEvent.HopBegun(
                                relay.knowing(SECRET, Optional.empty()).afterAsking()),
                        new PaymentEvent.HopBegun(payee.with(payee.payment().afterRefusal())),
                        new PaymentEvent.HopBegun(payee.knowing(SECRET, Optional.of(LEG.expiry()))),
                        new PaymentEvent.HopAsked(payer.key()),
                        new PaymentEvent.HopLocked(payer.key()),
                        new PaymentEvent.HopKnows(relay.key(), SECRET, Optional.empty()),
                        new PaymentEvent.HopKnows(payee.key(), SECRET, Optional.of(LEG.expiry())),
                        new PaymentEvent.HopFailed(payee.key()),
                        new PaymentEvent.HopOver(payee.key(), true),
                        new PaymentEvent.ChainRead(new BlockHeight(12)));

        assertThat(PaymentEventCodec.decode(PaymentEventCodec.encode(events))).isEqualTo(events);
    }

    @Test
    void everyMessageIsReadBack() {
        PaymentFailure failure =
                new PaymentFailure(
                        FailureCode.NO_LIQUIDITY,
                        Bob.KEYS.publicKey(),
                        Optional.of(OTHER),
                        "x".repeat(500));
        for (RelayMessage message :
                List.of(
                        new RelayMessage.Forward(HASH, 0, ONE, List.of(LEG)),
                        new RelayMessage.Failed(HASH, 255, ONE, failure),
                        new RelayMessage.Announce(announcement()))) {
            assertThat(RelayCodec.decode(RelayCodec.encode(message))).isEqualTo(message);
        }
        assertThat(failure.reason()).hasSize(PaymentFailure.MOST_REASON);
    }

    @Test
    void malformedMessagesAreRefused() {
        assertThatThrownBy(() -> RelayCodec.decode(RelayFrame.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RelayMessage.Forward(HASH, 256, ONE, List.of()))
                .hasMessageContaining("at most 256");
        assertThatThrownBy(
                        () -> new RelayMessage.Forward(HASH, 0, ONE, Collections.nCopies(20, LEG)))
                .hasMessageContaining("at most 19");
    }

    @Test
    void aLegBeyondAllMoneyOrAllTimeIsRefused() {
        for (RelayLeg leg :
                List.of(
                        new RelayLeg(OTHER, Amount.of(Long.MAX_VALUE), LEG.expiry()),
                        new RelayLeg(OTHER, LEG.amount(), new BlockHeight(1L << 62)))) {
            RelayFrame frame =
                    RelayCodec.encode(new RelayMessage.Forward(HASH, 0, ONE, List.of(LEG, leg)));

            assertThatThrownBy(() -> RelayCodec.decode(frame))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most");
        }
    }

    @Test
    void anAnnouncementIsItsPayersForOneNetwork() {
        Announcement announcement = announcement();
        Announcement higher =
                new Announcement(
                        announcement.channel().withMost(Amount.of(900)),
                        3,
                        announcement.signature());

        assertThat(announcement.isSigned(TestNetwork.ID)).isTrue();
        assertThat(announcement.isSigned(new NetworkId(HASH))).isFalse();
        assertThat(higher.isSigned(TestNetwork.ID)).isFalse();
    }

    @Test
    void aPayeeOfNothingItAskedForGivesItBack() {
        HopPayment.Incoming in = new HopPayment.Incoming(ONE, 5);

        assertThat(HopPayment.awaiting(HASH, in).secret()).isEmpty();
        assertThat(HopPayment.awaiting(HASH, in).afterRefusal().failed()).isTrue();
    }
}
