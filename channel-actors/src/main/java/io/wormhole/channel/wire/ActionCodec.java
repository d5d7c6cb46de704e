package io.wormhole.channel.wire;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.proto.AgreeAction;
import io.wormhole.channel.proto.ChainSeenAction;
import io.wormhole.channel.proto.CloseTogetherAction;
import io.wormhole.channel.proto.ConnectedAction;
import io.wormhole.channel.proto.DisputeAction;
import io.wormhole.channel.proto.NotTakenAction;
import io.wormhole.channel.proto.OpenAction;
import io.wormhole.channel.proto.ResizeAction;
import io.wormhole.channel.proto.RestoredAction;
import io.wormhole.channel.proto.SnapshotAction;
import io.wormhole.channel.proto.TakeBackAction;
import io.wormhole.channel.proto.TrustAction;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.state.ChannelEntry;
import java.util.Optional;

/** {@link ChannelAction} to protobuf and back, for actors on other nodes of the cluster. */
public final class ActionCodec {
    private ActionCodec() {}

    /** The protobuf form. */
    public static io.wormhole.channel.proto.ChannelAction encode(ChannelAction action) {
        io.wormhole.channel.proto.ChannelAction.Builder out =
                io.wormhole.channel.proto.ChannelAction.newBuilder();
        if (action instanceof ChannelAction.Open open) {
            out.setOpen(
                    OpenAction.newBuilder()
                            .setNetwork(Fields.bytes(open.network()))
                            .setTerms(Fields.bytes(open.terms())));
        } else if (action instanceof ChannelAction.Agree agree) {
            out.setAgree(
                    AgreeAction.newBuilder()
                            .setNetwork(Fields.bytes(agree.network()))
                            .setRequest(MessageCodec.encode(agree.request())));
        } else if (action instanceof ChannelAction.MakeOffer make) {
            out.setMakeOffer(Fields.offer(make.offer()));
        } else if (action instanceof ChannelAction.CloseTogether) {
            out.setCloseTogether(CloseTogetherAction.getDefaultInstance());
        } else if (action instanceof ChannelAction.Dispute dispute) {
            DisputeAction.Builder field = DisputeAction.newBuilder();
            dispute.step().ifPresent(step -> field.setStep(Fields.step(step)));
            out.setDispute(field);
        } else if (action instanceof ChannelAction.Hear hear) {
            out.setHear(MessageCodec.encode(hear.message()));
        } else if (action instanceof ChannelAction.Connected) {
            out.setConnected(ConnectedAction.getDefaultInstance());
        } else if (action instanceof ChannelAction.NotTaken refused) {
            out.setNotTaken(
                    NotTakenAction.newBuilder()
                            .setPurpose(refused.purpose())
                            .setReason(refused.reason()));
        } else if (action instanceof ChannelAction.Restored) {
            out.setRestored(RestoredAction.getDefaultInstance());
        } else if (action instanceof ChannelAction.Resize resize) {
            out.setResize(
                    ResizeAction.newBuilder()
                            .setWithdrawal(resize.withdrawal())
                            .setAmountBaseUnits(resize.amount().baseUnits()));
        } else if (action instanceof ChannelAction.Snapshot) {
            out.setSnapshot(SnapshotAction.getDefaultInstance());
        } else if (action instanceof ChannelAction.TakeBack back) {
            out.setTakeBack(TakeBackAction.newBuilder().setCopy(SnapshotCodec.encode(back.copy())));
        } else if (action instanceof ChannelAction.Trust) {
            out.setTrust(TrustAction.getDefaultInstance());
        } else if (action instanceof ChannelAction.ChainSeen seen) {
            out.setChainSeen(chainSeen(seen));
        } else {
            throw new IllegalStateException("no protobuf form of " + action.getClass());
        }
        return out.build();
    }

    private static ChainSeenAction.Builder chainSeen(ChannelAction.ChainSeen seen) {
        ChainSeenAction.Builder field =
                ChainSeenAction.newBuilder()
                        .setHeight(seen.height().value())
                        .setFinalHeight(seen.finalHeight().value());
        seen.tentative().ifPresent(entry -> field.setTentative(Fields.bytes(entry)));
        seen.settled().ifPresent(entry -> field.setSettled(Fields.bytes(entry)));
        return field;
    }

    /** The action; throws {@link IllegalArgumentException} naming what is malformed. */
    public static ChannelAction decode(
            io.wormhole.channel.proto.ChannelAction in, UpdateRules rules) {
        return switch (in.getActionCase()) {
            case OPEN ->
                    new ChannelAction.Open(
                            Fields.network(in.getOpen().getNetwork()),
                            Fields.terms(in.getOpen().getTerms()));
            case AGREE -> agree(in.getAgree());
            case MAKE_OFFER -> new ChannelAction.MakeOffer(Fields.offer(in.getMakeOffer()));
            case CLOSE_TOGETHER -> new ChannelAction.CloseTogether();
            case DISPUTE ->
                    new ChannelAction.Dispute(
                            in.getDispute().hasStep()
                                    ? Optional.of(Fields.step(in.getDispute().getStep()))
                                    : Optional.empty());
            case HEAR -> new ChannelAction.Hear(MessageCodec.decode(in.getHear()));
            case RESTORED -> new ChannelAction.Restored();
            case TRUST -> new ChannelAction.Trust();
            case RESIZE ->
                    new ChannelAction.Resize(
                            in.getResize().getWithdrawal(),
                            Amount.of(in.getResize().getAmountBaseUnits()));
            case SNAPSHOT -> new ChannelAction.Snapshot();
            case TAKE_BACK ->
                    new ChannelAction.TakeBack(
                            SnapshotCodec.decodeKnown(in.getTakeBack().getCopy(), rules));
            case CONNECTED -> new ChannelAction.Connected();
            case NOT_TAKEN ->
                    new ChannelAction.NotTaken(
                            in.getNotTaken().getPurpose(), in.getNotTaken().getReason());
            case CHAIN_SEEN ->
                    new ChannelAction.ChainSeen(
                            entry(in.getChainSeen().getTentative()),
                            entry(in.getChainSeen().getSettled()),
                            new BlockHeight(in.getChainSeen().getHeight()),
                            new BlockHeight(in.getChainSeen().getFinalHeight()));
            default -> throw new IllegalArgumentException("channel action without content");
        };
    }

    private static ChannelAction agree(AgreeAction field) {
        if (MessageCodec.decode(field.getRequest()) instanceof ChannelMessage.OpenRequest request) {
            return new ChannelAction.Agree(Fields.network(field.getNetwork()), request);
        }
        throw new IllegalArgumentException("agreement to something that is no request");
    }

    private static Optional<ChannelEntry> entry(ByteString field) {
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of(CanonicalReader.decode(Fields.bytes(field), ChannelEntry::readFrom));
    }
}
