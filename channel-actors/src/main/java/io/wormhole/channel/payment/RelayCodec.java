package io.wormhole.channel.payment;

import com.google.protobuf.ByteString;
import io.wormhole.channel.proto.AnnouncementMessage;
import io.wormhole.channel.proto.FailedMessage;
import io.wormhole.channel.proto.Failure;
import io.wormhole.channel.proto.ForwardMessage;
import io.wormhole.channel.proto.RelayFrame;
import io.wormhole.channel.proto.RouteLeg;
import io.wormhole.channel.route.Announcement;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
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
                            .setHash(bytes(forward.hash().bytes()))
                            .setPart(forward.part())
                            .setChannel(bytes(forward.channel().encoded()))
                            .addAllLegs(legs(forward.legs())));
        } else if (message instanceof RelayMessage.Failed failed) {
            frame.setFailed(
                    FailedMessage.newBuilder()
                            .setHash(bytes(failed.hash().bytes()))
                            .setPart(failed.part())
                            .setChannel(bytes(failed.channel().encoded()))
                            .setFailure(failure(failed.failure())));
        } else if (message instanceof RelayMessage.Announce announce) {
            frame.setAnnouncement(
                    AnnouncementMessage.newBuilder()
                            .setAnnouncement(bytes(announce.announcement().encoded())));
        }
        return frame.build();
    }

    /** What a frame says; throws {@link IllegalArgumentException} when it is malformed. */
    public static RelayMessage decode(RelayFrame frame) {
        return switch (frame.getMessageCase()) {
            case FORWARD ->
                    new RelayMessage.Forward(
                            hash(frame.getForward().getHash()),
                            frame.getForward().getPart(),
                            channel(frame.getForward().getChannel()),
                            bounded(legsOf(frame.getForward().getLegsList())));
            case FAILED ->
                    new RelayMessage.Failed(
                            hash(frame.getFailed().getHash()),
                            frame.getFailed().getPart(),
                            channel(frame.getFailed().getChannel()),
                            failure(frame.getFailed().getFailure()));
            case ANNOUNCEMENT ->
                    new RelayMessage.Announce(
                            CanonicalReader.decode(
                                    bytes(frame.getAnnouncement().getAnnouncement()),
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
                                        .setChannel(bytes(leg.channel().encoded()))
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
                                        channel(field.getChannel()),
                                        Amount.of(field.getAmountBaseUnits()),
                                        new BlockHeight(field.getExpiry())))
                .toList();
    }

    private static Failure failure(PaymentFailure failure) {
        Failure.Builder field =
                Failure.newBuilder()
                        .setCode(failure.code().number())
                        .setAt(bytes(failure.at().bytes()))
                        .setReason(failure.reason());
        failure.channel().ifPresent(blamed -> field.setChannel(bytes(blamed.encoded())));
        return field.build();
    }

    private static PaymentFailure failure(Failure field) {
        return new PaymentFailure(
                FailureCode.of(field.getCode()).orElse(FailureCode.UNKNOWN),
                new PublicKey(bytes(field.getAt())),
                field.getChannel().isEmpty()
                        ? Optional.empty()
                        : Optional.of(channel(field.getChannel())),
                field.getReason());
    }

    static ByteString bytes(Bytes content) {
        return ByteString.copyFrom(content.toArray());
    }

    static Bytes bytes(ByteString field) {
        return Bytes.of(field.toByteArray());
    }

    static Hash hash(ByteString field) {
        return new Hash(bytes(field));
    }

    static ChannelId channel(ByteString field) {
        return new ChannelId(hash(field));
    }
}
