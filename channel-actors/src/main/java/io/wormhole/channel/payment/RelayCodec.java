package io.wormhole.channel.payment;

import io.wormhole.channel.proto.AnnouncementMessage;
import io.wormhole.channel.proto.FailedMessage;
import io.wormhole.channel.proto.Failure;
import io.wormhole.channel.proto.ForwardMessage;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.RouteLeg;
import io.wormhole.channel.route.Announcement;
import io.wormhole.channel.wire.Fields;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;

/** {@link RelayMessage} to protobuf and back. */
public final class RelayCodec {
    // Beyond all money and all time, and far enough from where sums wrap.
    private static final Amount MOST_AMOUNT = Amount.of(1L << 60);
    private static final BlockHeight LAST_EXPIRY = new BlockHeight(1L << 48);

    private RelayCodec() {}

    /** The frame that says it. */
    public static RelayFrame encode(RelayMessage message) {
        RelayFrame.Builder frame = RelayFrame.newBuilder();
        if (message instanceof RelayMessage.Forward forward) {
            frame.setForward(
                    ForwardMessage.newBuilder()
                            .setHash(Fields.bytes(forward.hash().bytes()))
                            .setPart(forward.part())
                            .setChannel(Fields.bytes(forward.channel()))
                            .addAllLegs(legs(forward.legs())));
        } else if (message instanceof RelayMessage.Failed failed) {
            frame.setFailed(
                    FailedMessage.newBuilder()
                            .setHash(Fields.bytes(failed.hash().bytes()))
                            .setPart(failed.part())
                            .setChannel(Fields.bytes(failed.channel()))
                            .setFailure(failure(failed.failure())));
        } else if (message instanceof RelayMessage.Announce announce) {
            frame.setAnnouncement(
                    AnnouncementMessage.newBuilder()
                            .setAnnouncement(Fields.bytes(announce.announcement())));
        }
        return frame.build();
    }

    /** What a frame says; throws {@link IllegalArgumentException} when it is malformed. */
    public static RelayMessage decode(RelayFrame frame) {
        return switch (frame.getMessageCase()) {
            case FORWARD ->
                    new RelayMessage.Forward(
                            Fields.hash(frame.getForward().getHash()),
                            frame.getForward().getPart(),
                            Fields.channel(frame.getForward().getChannel()),
                            bounded(legsOf(frame.getForward().getLegsList())));
            case FAILED ->
                    new RelayMessage.Failed(
                            Fields.hash(frame.getFailed().getHash()),
                            frame.getFailed().getPart(),
                            Fields.channel(frame.getFailed().getChannel()),
                            failure(frame.getFailed().getFailure()));
            case ANNOUNCEMENT ->
                    new RelayMessage.Announce(
                            CanonicalReader.decode(
                                    Fields.bytes(frame.getAnnouncement().getAnnouncement()),
                                    Announcement::readFrom));
            default -> throw new IllegalArgumentException("a relay frame without content");
        };
    }

    private static List<RelayLeg> bounded(List<RelayLeg> legs) {
        for (RelayLeg leg : legs) {
            if (!MOST_AMOUNT.covers(leg.amount()) || leg.expiry().isAfter(LAST_EXPIRY)) {
                throw new IllegalArgumentException(
                        "a leg of %s until %s, at most %s until %s"
                                .formatted(leg.amount(), leg.expiry(), MOST_AMOUNT, LAST_EXPIRY));
            }
        }
        return legs;
    }

    static List<RouteLeg> legs(List<RelayLeg> legs) {
        return legs.stream()
                .map(
                        leg ->
                                RouteLeg.newBuilder()
                                        .setChannel(Fields.bytes(leg.channel()))
                                        .setAmountBaseUnits(leg.amount().baseUnits())
                                        .setExpiry(leg.expiry().value())
                                        .build())
                .toList();
    }

    static List<RelayLeg> legsOf(List<RouteLeg> fields) {
        return fields.stream()
                .map(
                        field ->
                                new RelayLeg(
                                        Fields.channel(field.getChannel()),
                                        Amount.of(field.getAmountBaseUnits()),
                                        new BlockHeight(field.getExpiry())))
                .toList();
    }

    private static Failure failure(PaymentFailure failure) {
        Failure.Builder field =
                Failure.newBuilder()
                        .setCode(failure.code().number())
                        .setAt(Fields.bytes(failure.at().bytes()))
                        .setReason(failure.reason());
        failure.channel().ifPresent(blamed -> field.setChannel(Fields.bytes(blamed)));
        return field.build();
    }

    private static PaymentFailure failure(Failure field) {
        return new PaymentFailure(
                FailureCode.of(field.getCode()).orElse(FailureCode.UNKNOWN),
                new PublicKey(Fields.bytes(field.getAt())),
                field.getChannel().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Fields.channel(field.getChannel())),
                field.getReason());
    }
}
