package io.wormhole.channel.wire;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.proto.Acknowledge;
import io.wormhole.channel.proto.Countersign;
import io.wormhole.channel.proto.CountersignClose;
import io.wormhole.channel.proto.CountersignResize;
import io.wormhole.channel.proto.OpenAgreed;
import io.wormhole.channel.proto.OpenRefused;
import io.wormhole.channel.proto.OpenRequest;
import io.wormhole.channel.proto.Propose;
import io.wormhole.channel.proto.ProposeClose;
import io.wormhole.channel.proto.ProposeResize;
import io.wormhole.channel.proto.Reestablish;
import io.wormhole.channel.proto.RefuseClose;
import io.wormhole.channel.proto.RefuseResize;
import io.wormhole.channel.proto.RefuseUpdate;
import io.wormhole.protocol.ledger.Nonce;
import java.util.Optional;

/** {@link ChannelMessage} to protobuf and back. */
public final class MessageCodec {
    private static final int MAXIMUM_REASON = 500;

    private MessageCodec() {}

    /** The protobuf form. */
    public static io.wormhole.channel.proto.ChannelMessage encode(ChannelMessage message) {
        io.wormhole.channel.proto.ChannelMessage.Builder out =
                io.wormhole.channel.proto.ChannelMessage.newBuilder();
        if (message instanceof ChannelMessage.OpenRequest open) {
            out.setOpenRequest(
                    OpenRequest.newBuilder()
                            .setTerms(Fields.bytes(open.terms()))
                            .setSignature(Fields.bytes(open.signature())));
        } else if (message instanceof ChannelMessage.OpenAgreed agreed) {
            out.setOpenAgreed(
                    OpenAgreed.newBuilder().setSignature(Fields.bytes(agreed.signature())));
        } else if (message instanceof ChannelMessage.OpenRefused refused) {
            out.setOpenRefused(OpenRefused.newBuilder().setReason(refused.reason()));
        } else if (message instanceof ChannelMessage.ProposeClose close) {
            out.setProposeClose(
                    ProposeClose.newBuilder().setBalances(Fields.bytes(close.balances())));
        } else if (message instanceof ChannelMessage.CountersignClose close) {
            out.setCountersignClose(
                    CountersignClose.newBuilder()
                            .setBalances(Fields.bytes(close.balances()))
                            .setSignature(Fields.bytes(close.signature())));
        } else if (message instanceof ChannelMessage.RefuseClose refuse) {
            out.setRefuseClose(RefuseClose.newBuilder().setReason(refuse.reason()));
        } else {
            encodeUpdate(message, out);
        }
        return out.build();
    }

    private static void encodeUpdate(
            ChannelMessage message, io.wormhole.channel.proto.ChannelMessage.Builder out) {
        if (message instanceof ChannelMessage.Propose propose) {
            out.setPropose(
                    Propose.newBuilder()
                            .setNonce(propose.nonce().value())
                            .setUpdate(Fields.bytes(propose.update())));
        } else if (message instanceof ChannelMessage.Countersign countersign) {
            out.setCountersign(
                    Countersign.newBuilder()
                            .setNonce(countersign.nonce().value())
                            .setSignature(Fields.bytes(countersign.signature())));
        } else if (message instanceof ChannelMessage.Acknowledge acknowledge) {
            out.setAcknowledge(
                    Acknowledge.newBuilder()
                            .setNonce(acknowledge.nonce().value())
                            .setSignature(Fields.bytes(acknowledge.signature())));
        } else if (message instanceof ChannelMessage.RefuseUpdate refuse) {
            out.setRefuseUpdate(
                    RefuseUpdate.newBuilder()
                            .setNonce(refuse.nonce().value())
                            .setUpdate(Fields.bytes(refuse.update()))
                            .setReason(refuse.reason()));
        } else if (message instanceof ChannelMessage.Reestablish reestablish) {
            Reestablish.Builder field =
                    Reestablish.newBuilder().setNonce(reestablish.nonce().value());
            reestablish.proof().ifPresent(proof -> field.setProof(Fields.bytes(proof)));
            out.setReestablish(field);
        } else if (message instanceof ChannelMessage.ProposeResize propose) {
            out.setProposeResize(
                    ProposeResize.newBuilder().setResize(Fields.resize(propose.resize())));
        } else if (message instanceof ChannelMessage.CountersignResize signed) {
            out.setCountersignResize(
                    CountersignResize.newBuilder()
                            .setResize(Fields.resize(signed.resize()))
                            .setSignature(Fields.bytes(signed.signature())));
        } else if (message instanceof ChannelMessage.RefuseResize refuse) {
            out.setRefuseResize(
                    RefuseResize.newBuilder()
                            .setNonce(refuse.nonce().value())
                            .setReason(refuse.reason()));
        } else {
            throw new IllegalStateException("no wire form of " + message.getClass());
        }
    }

    /** The message; throws {@link IllegalArgumentException} naming what is malformed. */
    public static ChannelMessage decode(io.wormhole.channel.proto.ChannelMessage in) {
        return switch (in.getMessageCase()) {
            case OPEN_REQUEST ->
                    new ChannelMessage.OpenRequest(
                            Fields.terms(in.getOpenRequest().getTerms()),
                            Fields.signature(in.getOpenRequest().getSignature()));
            case OPEN_AGREED ->
                    new ChannelMessage.OpenAgreed(
                            Fields.signature(in.getOpenAgreed().getSignature()));
            case OPEN_REFUSED ->
                    new ChannelMessage.OpenRefused(reason(in.getOpenRefused().getReason()));
            case PROPOSE ->
                    new ChannelMessage.Propose(
                            new Nonce(in.getPropose().getNonce()),
                            Fields.update(in.getPropose().getUpdate()));
            case COUNTERSIGN ->
                    new ChannelMessage.Countersign(
                            new Nonce(in.getCountersign().getNonce()),
                            Fields.signature(in.getCountersign().getSignature()));
            case ACKNOWLEDGE ->
                    new ChannelMessage.Acknowledge(
                            new Nonce(in.getAcknowledge().getNonce()),
                            Fields.signature(in.getAcknowledge().getSignature()));
            case REFUSE_UPDATE ->
                    new ChannelMessage.RefuseUpdate(
                            new Nonce(in.getRefuseUpdate().getNonce()),
                            Fields.hash(in.getRefuseUpdate().getUpdate()),
                            reason(in.getRefuseUpdate().getReason()));
            case PROPOSE_CLOSE ->
                    new ChannelMessage.ProposeClose(
                            Fields.balances(in.getProposeClose().getBalances()));
            case COUNTERSIGN_CLOSE ->
                    new ChannelMessage.CountersignClose(
                            Fields.balances(in.getCountersignClose().getBalances()),
                            Fields.signature(in.getCountersignClose().getSignature()));
            case REFUSE_CLOSE ->
                    new ChannelMessage.RefuseClose(reason(in.getRefuseClose().getReason()));
            case PROPOSE_RESIZE ->
                    new ChannelMessage.ProposeResize(
                            Fields.resize(in.getProposeResize().getResize()));
            case COUNTERSIGN_RESIZE ->
                    new ChannelMessage.CountersignResize(
                            Fields.resize(in.getCountersignResize().getResize()),
                            Fields.signature(in.getCountersignResize().getSignature()));
            case REFUSE_RESIZE ->
                    new ChannelMessage.RefuseResize(
                            new Nonce(in.getRefuseResize().getNonce()),
                            reason(in.getRefuseResize().getReason()));
            case REESTABLISH -> reestablish(in.getReestablish());
            default -> throw new IllegalArgumentException("channel message without content");
        };
    }

    private static ChannelMessage reestablish(Reestablish field) {
        return new ChannelMessage.Reestablish(
                new Nonce(field.getNonce()),
                field.getProof().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Fields.coSigned(field.getProof())));
    }

    private static String reason(String text) {
        return text.length() <= MAXIMUM_REASON ? text : text.substring(0, MAXIMUM_REASON);
    }
}
