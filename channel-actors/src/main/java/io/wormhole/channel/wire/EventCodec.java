package io.wormhole.channel.wire;

import io.wormhole.channel.decider.ChannelEvent;
import io.wormhole.channel.proto.CloseAbandoned;
import io.wormhole.channel.proto.CloseCompleted;
import io.wormhole.channel.proto.CloseProposed;
import io.wormhole.channel.proto.CloseSigned;
import io.wormhole.channel.proto.DisputeBegun;
import io.wormhole.channel.proto.DisputeUndone;
import io.wormhole.channel.proto.DoubtArose;
import io.wormhole.channel.proto.DoubtCleared;
import io.wormhole.channel.proto.Ended;
import io.wormhole.channel.proto.LossDetected;
import io.wormhole.channel.proto.MovedOnChain;
import io.wormhole.channel.proto.OfferCompleted;
import io.wormhole.channel.proto.OfferDropped;
import io.wormhole.channel.proto.OpenAbandoned;
import io.wormhole.channel.proto.OpenProposed;
import io.wormhole.channel.proto.OpenedOnChain;
import io.wormhole.channel.proto.PendingCompleted;
import io.wormhole.channel.proto.ResizeAbandoned;
import io.wormhole.channel.proto.ResizeCompleted;
import io.wormhole.channel.proto.ResizeProposed;
import io.wormhole.channel.proto.ResizeSigned;
import io.wormhole.channel.proto.SkipCompleted;
import io.wormhole.channel.proto.TakenBack;
import io.wormhole.channel.proto.TermsAgreed;
import io.wormhole.channel.proto.UpdateOffered;
import io.wormhole.channel.proto.UpdateSigned;
import io.wormhole.channel.proto.UpdateSkipped;
import io.wormhole.channel.update.UpdateRules;
import java.util.Optional;

/** {@link ChannelEvent} to protobuf and back. */
public final class EventCodec {
    private EventCodec() {}

    /** The protobuf form. */
    public static io.wormhole.channel.proto.ChannelEvent encode(ChannelEvent event) {
        io.wormhole.channel.proto.ChannelEvent.Builder out =
                io.wormhole.channel.proto.ChannelEvent.newBuilder();
        if (event instanceof ChannelEvent.UpdateOffered offered) {
            out.setUpdateOffered(
                    UpdateOffered.newBuilder().setOffer(Fields.offer(offered.offer())));
        } else if (event instanceof ChannelEvent.OfferDropped dropped) {
            out.setOfferDropped(OfferDropped.newBuilder().setReason(dropped.reason()));
        } else if (event instanceof ChannelEvent.UpdateSigned signed) {
            out.setUpdateSigned(
                    UpdateSigned.newBuilder()
                            .setUpdate(Fields.bytes(signed.update()))
                            .setMine(Fields.bytes(signed.mine())));
        } else if (event instanceof ChannelEvent.OfferCompleted completed) {
            out.setOfferCompleted(
                    OfferCompleted.newBuilder()
                            .addAllSignatures(Fields.signatureFields(completed.signatures())));
        } else if (event instanceof ChannelEvent.PendingCompleted completed) {
            out.setPendingCompleted(
                    PendingCompleted.newBuilder()
                            .addAllSignatures(Fields.signatureFields(completed.signatures())));
        } else if (!encodeOpening(event, out) && !encodeResize(event, out)) {
            encodeEnd(event, out);
        }
        return out.build();
    }

    private static boolean encodeOpening(
            ChannelEvent event, io.wormhole.channel.proto.ChannelEvent.Builder out) {
        if (event instanceof ChannelEvent.UpdateSkipped skipped) {
            out.setUpdateSkipped(UpdateSkipped.newBuilder().setMine(Fields.bytes(skipped.mine())));
        } else if (event instanceof ChannelEvent.SkipCompleted completed) {
            out.setSkipCompleted(
                    SkipCompleted.newBuilder()
                            .addAllSignatures(Fields.signatureFields(completed.signatures())));
        } else if (event instanceof ChannelEvent.TakenBack taken) {
            out.setTakenBack(TakenBack.newBuilder().setCopy(SnapshotCodec.encode(taken.copy())));
        } else if (event instanceof ChannelEvent.OpenProposed proposed) {
            out.setOpenProposed(
                    OpenProposed.newBuilder()
                            .setNetwork(Fields.bytes(proposed.network()))
                            .setTerms(Fields.bytes(proposed.terms()))
                            .setMine(Fields.bytes(proposed.mine())));
        } else if (event instanceof ChannelEvent.TermsAgreed agreed) {
            out.setTermsAgreed(
                    TermsAgreed.newBuilder()
                            .setNetwork(Fields.bytes(agreed.network()))
                            .setTerms(Fields.bytes(agreed.terms()))
                            .setMe(agreed.me())
                            .addAllSignatures(Fields.signatureFields(agreed.signatures())));
        } else if (event instanceof ChannelEvent.OpenAbandoned abandoned) {
            out.setOpenAbandoned(OpenAbandoned.newBuilder().setReason(abandoned.reason()));
        } else if (event instanceof ChannelEvent.OpenedOnChain) {
            out.setOpenedOnChain(OpenedOnChain.getDefaultInstance());
        } else {
            return false;
        }
        return true;
    }

    private static boolean encodeResize(
            ChannelEvent event, io.wormhole.channel.proto.ChannelEvent.Builder out) {
        if (event instanceof ChannelEvent.ResizeProposed proposed) {
            out.setResizeProposed(
                    ResizeProposed.newBuilder().setResize(Fields.resize(proposed.resize())));
        } else if (event instanceof ChannelEvent.ResizeAbandoned abandoned) {
            out.setResizeAbandoned(ResizeAbandoned.newBuilder().setReason(abandoned.reason()));
        } else if (event instanceof ChannelEvent.ResizeSigned signed) {
            out.setResizeSigned(
                    ResizeSigned.newBuilder()
                            .setResize(Fields.resize(signed.resize()))
                            .setMine(Fields.bytes(signed.mine())));
        } else if (event instanceof ChannelEvent.ResizeCompleted completed) {
            out.setResizeCompleted(
                    ResizeCompleted.newBuilder()
                            .setResize(Fields.resize(completed.resize()))
                            .addAllSignatures(Fields.signatureFields(completed.signatures())));
        } else if (event instanceof ChannelEvent.MovedOnChain moved) {
            out.setMovedOnChain(MovedOnChain.newBuilder().setState(Fields.bytes(moved.state())));
        } else {
            return false;
        }
        return true;
    }

    private static void encodeEnd(
            ChannelEvent event, io.wormhole.channel.proto.ChannelEvent.Builder out) {
        if (event instanceof ChannelEvent.CloseProposed proposed) {
            out.setCloseProposed(
                    CloseProposed.newBuilder().setBalances(Fields.bytes(proposed.balances())));
        } else if (event instanceof ChannelEvent.CloseAbandoned abandoned) {
            out.setCloseAbandoned(CloseAbandoned.newBuilder().setReason(abandoned.reason()));
        } else if (event instanceof ChannelEvent.CloseSigned signed) {
            out.setCloseSigned(
                    CloseSigned.newBuilder()
                            .setBalances(Fields.bytes(signed.balances()))
                            .setMine(Fields.bytes(signed.mine())));
        } else if (event instanceof ChannelEvent.CloseCompleted completed) {
            out.setCloseCompleted(
                    CloseCompleted.newBuilder()
                            .setBalances(Fields.bytes(completed.balances()))
                            .addAllSignatures(Fields.signatureFields(completed.signatures())));
        } else if (event instanceof ChannelEvent.DisputeBegun begun) {
            DisputeBegun.Builder field = DisputeBegun.newBuilder().setMine(begun.mine());
            begun.step().ifPresent(step -> field.setStep(Fields.step(step)));
            out.setDisputeBegun(field);
        } else if (event instanceof ChannelEvent.DisputeUndone) {
            out.setDisputeUndone(DisputeUndone.getDefaultInstance());
        } else if (event instanceof ChannelEvent.LossDetected loss) {
            out.setLossDetected(LossDetected.newBuilder().setProof(Fields.bytes(loss.proof())));
        } else if (event instanceof ChannelEvent.DoubtArose) {
            out.setDoubtArose(DoubtArose.getDefaultInstance());
        } else if (event instanceof ChannelEvent.DoubtCleared) {
            out.setDoubtCleared(DoubtCleared.getDefaultInstance());
        } else if (event instanceof ChannelEvent.Ended ended) {
            out.setEnded(Ended.newBuilder().addAllPayouts(Fields.amountFields(ended.payouts())));
        } else {
            throw new IllegalStateException("no stored form of " + event.getClass());
        }
    }

    /**
     * The event; throws {@link IllegalArgumentException} when the journal is damaged.
     *
     * @param rules recompute what a memory in an event has signed
     */
    public static ChannelEvent decode(
            io.wormhole.channel.proto.ChannelEvent in, UpdateRules rules) {
        return switch (in.getEventCase()) {
            case OPEN_PROPOSED ->
                    new ChannelEvent.OpenProposed(
                            Fields.network(in.getOpenProposed().getNetwork()),
                            Fields.terms(in.getOpenProposed().getTerms()),
                            Fields.signature(in.getOpenProposed().getMine()));
            case TERMS_AGREED ->
                    new ChannelEvent.TermsAgreed(
                            Fields.network(in.getTermsAgreed().getNetwork()),
                            Fields.terms(in.getTermsAgreed().getTerms()),
                            in.getTermsAgreed().getMe(),
                            Fields.signatures(in.getTermsAgreed().getSignaturesList()));
            case OPEN_ABANDONED ->
                    new ChannelEvent.OpenAbandoned(in.getOpenAbandoned().getReason());
            case OPENED_ON_CHAIN -> new ChannelEvent.OpenedOnChain();
            case UPDATE_OFFERED ->
                    new ChannelEvent.UpdateOffered(Fields.offer(in.getUpdateOffered().getOffer()));
            case OFFER_DROPPED -> new ChannelEvent.OfferDropped(in.getOfferDropped().getReason());
            case UPDATE_SIGNED ->
                    new ChannelEvent.UpdateSigned(
                            Fields.update(in.getUpdateSigned().getUpdate()),
                            Fields.signature(in.getUpdateSigned().getMine()));
            case OFFER_COMPLETED ->
                    new ChannelEvent.OfferCompleted(
                            Fields.signatures(in.getOfferCompleted().getSignaturesList()));
            case PENDING_COMPLETED ->
                    new ChannelEvent.PendingCompleted(
                            Fields.signatures(in.getPendingCompleted().getSignaturesList()));
            case UPDATE_SKIPPED ->
                    new ChannelEvent.UpdateSkipped(
                            Fields.signature(in.getUpdateSkipped().getMine()));
            case SKIP_COMPLETED ->
                    new ChannelEvent.SkipCompleted(
                            Fields.signatures(in.getSkipCompleted().getSignaturesList()));
            case TAKEN_BACK ->
                    new ChannelEvent.TakenBack(
                            SnapshotCodec.decodeKnown(in.getTakenBack().getCopy(), rules));
            default -> decodeEnd(in);
        };
    }

    private static ChannelEvent decodeEnd(io.wormhole.channel.proto.ChannelEvent in) {
        return switch (in.getEventCase()) {
            case CLOSE_PROPOSED ->
                    new ChannelEvent.CloseProposed(
                            Fields.balances(in.getCloseProposed().getBalances()));
            case CLOSE_ABANDONED ->
                    new ChannelEvent.CloseAbandoned(in.getCloseAbandoned().getReason());
            case CLOSE_SIGNED ->
                    new ChannelEvent.CloseSigned(
                            Fields.balances(in.getCloseSigned().getBalances()),
                            Fields.signature(in.getCloseSigned().getMine()));
            case CLOSE_COMPLETED ->
                    new ChannelEvent.CloseCompleted(
                            Fields.balances(in.getCloseCompleted().getBalances()),
                            Fields.signatures(in.getCloseCompleted().getSignaturesList()));
            case DISPUTE_BEGUN ->
                    new ChannelEvent.DisputeBegun(
                            in.getDisputeBegun().getMine(),
                            in.getDisputeBegun().hasStep()
                                    ? Optional.of(Fields.step(in.getDisputeBegun().getStep()))
                                    : Optional.empty());
            case DISPUTE_UNDONE -> new ChannelEvent.DisputeUndone();
            case LOSS_DETECTED ->
                    new ChannelEvent.LossDetected(Fields.coSigned(in.getLossDetected().getProof()));
            case DOUBT_AROSE -> new ChannelEvent.DoubtArose();
            case DOUBT_CLEARED -> new ChannelEvent.DoubtCleared();
            case RESIZE_PROPOSED ->
                    new ChannelEvent.ResizeProposed(
                            Fields.resize(in.getResizeProposed().getResize()));
            case RESIZE_ABANDONED ->
                    new ChannelEvent.ResizeAbandoned(in.getResizeAbandoned().getReason());
            case RESIZE_SIGNED ->
                    new ChannelEvent.ResizeSigned(
                            Fields.resize(in.getResizeSigned().getResize()),
                            Fields.signature(in.getResizeSigned().getMine()));
            case RESIZE_COMPLETED ->
                    new ChannelEvent.ResizeCompleted(
                            Fields.resize(in.getResizeCompleted().getResize()),
                            Fields.signatures(in.getResizeCompleted().getSignaturesList()));
            case MOVED_ON_CHAIN ->
                    new ChannelEvent.MovedOnChain(Fields.state(in.getMovedOnChain().getState()));
            case ENDED -> new ChannelEvent.Ended(Fields.amounts(in.getEnded().getPayoutsList()));
            default -> throw new IllegalArgumentException("channel event without content");
        };
    }
}
