package io.wormhole.channel.wire;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Permit;
import io.wormhole.channel.decider.Resize;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.channel.update.Update;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conversions of single fields, used by all codecs of channels. */
public final class Fields {
    private Fields() {}

    /** Its canonical bytes. */
    public static ByteString bytes(Canonical value) {
        return bytes(value.encoded());
    }

    /** These bytes. */
    public static ByteString bytes(Bytes value) {
        return ByteString.copyFrom(value.toArray());
    }

    /** These bytes. */
    public static Bytes bytes(ByteString field) {
        return Bytes.of(field.toByteArray());
    }

    static NetworkId network(ByteString field) {
        return CanonicalReader.decode(bytes(field), NetworkId::readFrom);
    }

    static ChannelTerms terms(ByteString field) {
        return CanonicalReader.decode(bytes(field), ChannelTerms::readFrom);
    }

    static Update update(ByteString field) {
        return CanonicalReader.decode(bytes(field), Update::readFrom);
    }

    static ClosingBalances balances(ByteString field) {
        return CanonicalReader.decode(bytes(field), ClosingBalances::readFrom);
    }

    static CoSignedState coSigned(ByteString field) {
        return CanonicalReader.decode(bytes(field), CoSignedState::readFrom);
    }

    /** A hash; throws {@link IllegalArgumentException} when it is none. */
    public static Hash hash(ByteString field) {
        return new Hash(bytes(field));
    }

    /** A channel's id; throws {@link IllegalArgumentException} when it is none. */
    public static ChannelId channel(ByteString field) {
        return new ChannelId(hash(field));
    }

    static Signature signature(ByteString field) {
        return new Signature(bytes(field));
    }

    static List<Signature> signatures(List<ByteString> fields) {
        return fields.stream().map(Fields::signature).toList();
    }

    static List<ByteString> signatureFields(List<Signature> signatures) {
        return signatures.stream().map(signature -> bytes(signature.bytes())).toList();
    }

    static List<Amount> amounts(List<Long> fields) {
        return fields.stream().map(Amount::of).toList();
    }

    static List<Long> amountFields(List<Amount> amounts) {
        return amounts.stream().map(Amount::baseUnits).toList();
    }

    static Offer offer(io.wormhole.channel.proto.Offer field) {
        List<String> requests = new ArrayList<>();
        requests.add(field.getRequest());
        requests.addAll(field.getMoreRequestsList());
        return new Offer(
                requests,
                update(field.getUpdate()),
                field.hasPermit() ? Optional.of(permit(field.getPermit())) : Optional.empty());
    }

    static io.wormhole.channel.proto.Offer offer(Offer offer) {
        io.wormhole.channel.proto.Offer.Builder field =
                io.wormhole.channel.proto.Offer.newBuilder()
                        .setRequest(offer.requests().get(0))
                        .addAllMoreRequests(offer.requests().subList(1, offer.requests().size()))
                        .setUpdate(bytes(offer.update()));
        offer.permit().ifPresent(permit -> field.setPermit(permit(permit)));
        return field.build();
    }

    static Resize resize(io.wormhole.channel.proto.Resize field) {
        return new Resize(
                field.getWithdrawal(),
                CanonicalReader.decode(bytes(field.getChange()), ChannelResize::readFrom));
    }

    static io.wormhole.channel.proto.Resize resize(Resize resize) {
        return io.wormhole.channel.proto.Resize.newBuilder()
                .setWithdrawal(resize.withdrawal())
                .setChange(bytes(resize.change()))
                .build();
    }

    static ChannelState state(ByteString field) {
        return CanonicalReader.decode(bytes(field), ChannelState::readFrom);
    }

    static Permit permit(io.wormhole.channel.proto.Permit field) {
        return new Permit(
                field.getLockId(), Amount.of(field.getPerStepBaseUnits()), field.getStepsLeft());
    }

    static io.wormhole.channel.proto.Permit permit(Permit permit) {
        return io.wormhole.channel.proto.Permit.newBuilder()
                .setLockId(permit.lockId())
                .setPerStepBaseUnits(permit.perStep().baseUnits())
                .setStepsLeft(permit.stepsLeft())
                .build();
    }

    static ForcedStep step(io.wormhole.channel.proto.ForcedStep field) {
        if (field.getMessage().size() > ChannelOperation.MAXIMUM_SIZE) {
            throw new IllegalArgumentException("message over 65536 bytes");
        }
        return new ForcedStep(field.getLockId(), bytes(field.getMessage()));
    }

    static io.wormhole.channel.proto.ForcedStep step(ForcedStep step) {
        return io.wormhole.channel.proto.ForcedStep.newBuilder()
                .setLockId(step.lockId())
                .setMessage(bytes(step.message()))
                .build();
    }
}
