package io.wormhole.channel.wire;

import com.google.protobuf.ByteString;
import io.wormhole.channel.decider.Absent;
import io.wormhole.channel.decider.Agreed;
import io.wormhole.channel.decider.ChannelMemory;
import io.wormhole.channel.decider.ChannelParty;
import io.wormhole.channel.decider.Closing;
import io.wormhole.channel.decider.Disputed;
import io.wormhole.channel.decider.DoneRequests;
import io.wormhole.channel.decider.Ended;
import io.wormhole.channel.decider.ForcedStep;
import io.wormhole.channel.decider.HeardStep;
import io.wormhole.channel.decider.KnownChannel;
import io.wormhole.channel.decider.Lost;
import io.wormhole.channel.decider.Offer;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Proposed;
import io.wormhole.channel.decider.ResizeWish;
import io.wormhole.channel.decider.Resizing;
import io.wormhole.channel.decider.SignedUpdate;
import io.wormhole.channel.decider.Standing;
import io.wormhole.channel.proto.DoneRequest;
import io.wormhole.channel.proto.MemorySnapshot;
import io.wormhole.channel.proto.StandingSnapshot;
import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.ledger.Nonce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link ChannelMemory} to protobuf and back, so that recovery costs the same at any age. */
public final class SnapshotCodec {
    private SnapshotCodec() {}

    /** The protobuf form. */
    public static MemorySnapshot encode(ChannelMemory memory) {
        MemorySnapshot.Builder out = MemorySnapshot.newBuilder().setPhase(memory.phase());
        if (memory instanceof Proposed proposed) {
            party(out, proposed.party()).setMine(Fields.bytes(proposed.mine()));
            proposed.refused().ifPresent(out::setRefused);
        } else if (memory instanceof Agreed agreed) {
            party(out, agreed.party())
                    .addAllSignatures(Fields.signatureFields(agreed.signatures()));
        } else if (memory instanceof Open open) {
            party(out, open.party()).setStanding(standing(open.standing()));
            open.closing().ifPresent(closing -> out.setBalances(Fields.bytes(closing)));
            open.resizeWish()
                    .ifPresent(
                            wish ->
                                    out.setResize(Fields.resize(wish.resize()))
                                            .setResizeRefused(wish.refused()));
            out.setDoubtful(open.doubtful());
        } else if (memory instanceof Resizing resizing) {
            party(out, resizing.party())
                    .setStanding(standing(resizing.standing()))
                    .setResize(Fields.resize(resizing.resize()))
                    .setMine(Fields.bytes(resizing.mine()))
                    .addAllSignatures(Fields.signatureFields(resizing.signatures()));
        } else if (memory instanceof Closing closing) {
            party(out, closing.party())
                    .setStanding(standing(closing.standing()))
                    .setBalances(Fields.bytes(closing.balances()))
                    .setMine(Fields.bytes(closing.mine()))
                    .addAllSignatures(Fields.signatureFields(closing.signatures()));
        } else if (memory instanceof Disputed disputed) {
            party(out, disputed.party())
                    .setStanding(standing(disputed.standing()))
                    .setDisputeMine(disputed.mine());
            disputed.steps().forEach(step -> out.addSteps(Fields.step(step)));
        } else if (memory instanceof Lost lost) {
            party(out, lost.party())
                    .setStanding(standing(lost.standing()))
                    .setProof(Fields.bytes(lost.proof()));
        } else if (memory instanceof Ended ended) {
            party(out, ended.party())
                    .addAllPayouts(Fields.amountFields(ended.payouts()))
                    .addAllHeard(heardFields(ended.heard()))
                    .addAllDone(doneFields(ended.done()));
        }
        return out.build();
    }

    private static MemorySnapshot.Builder party(MemorySnapshot.Builder out, ChannelParty party) {
        return out.setNetwork(Fields.bytes(party.network()))
                .setTerms(Fields.bytes(party.terms()))
                .setMe(party.me());
    }

    private static StandingSnapshot standing(Standing standing) {
        StandingSnapshot.Builder out =
                StandingSnapshot.newBuilder().setPosition(Fields.bytes(standing.position()));
        standing.proof().ifPresent(proof -> out.setProof(Fields.bytes(proof)));
        standing.offer().ifPresent(offer -> out.setOffer(Fields.offer(offer)));
        standing.pending()
                .ifPresent(
                        signed ->
                                out.setPendingUpdate(Fields.bytes(signed.update()))
                                        .setPendingSignature(Fields.bytes(signed.mine()))
                                        .setPendingSkips(signed.isSkipAfter(standing.nonce())));
        standing.permits().forEach(permit -> out.addPermits(Fields.permit(permit)));
        return out.addAllHeard(heardFields(standing.heard()))
                .addAllDone(doneFields(standing.done()))
                .build();
    }

    private static List<io.wormhole.channel.proto.ForcedStep> heardFields(List<HeardStep> heard) {
        return heard.stream()
                .map(step -> Fields.step(new ForcedStep(step.lockId(), step.payload())))
                .toList();
    }

    private static List<DoneRequest> doneFields(DoneRequests done) {
        return done.newest().stream()
                .map(
                        one ->
                                DoneRequest.newBuilder()
                                        .setRequest(one.request())
                                        .setNonce(one.nonce().value())
                                        .build())
                .toList();
    }

    private static DoneRequests done(List<DoneRequest> fields) {
        return new DoneRequests(
                fields.stream()
                        .map(
                                field ->
                                        new DoneRequests.Done(
                                                field.getRequest(), new Nonce(field.getNonce())))
                        .toList());
    }

    private static List<HeardStep> heard(List<io.wormhole.channel.proto.ForcedStep> fields) {
        return fields.stream()
                .map(Fields::step)
                .map(step -> new HeardStep(step.lockId(), step.message()))
                .toList();
    }

    /** The memory; {@code rules} recompute the position of an update that waits. */
    public static ChannelMemory decode(MemorySnapshot in, UpdateRules rules) {
        if (in.getPhase().equals(new Absent().phase())) {
            return new Absent();
        }
        ChannelParty party =
                new ChannelParty(
                        Fields.network(in.getNetwork()), Fields.terms(in.getTerms()), in.getMe());
        return switch (in.getPhase()) {
            case "proposed" ->
                    new Proposed(
                            party,
                            Fields.signature(in.getMine()),
                            in.hasRefused() ? Optional.of(in.getRefused()) : Optional.empty());
            case "opening" -> new Agreed(party, Fields.signatures(in.getSignaturesList()));
            case "closed" ->
                    new Ended(
                            party,
                            Fields.amounts(in.getPayoutsList()),
                            heard(in.getHeardList()),
                            done(in.getDoneList()));
            default -> withStanding(in, party, standing(in.getStanding(), party, rules));
        };
    }

    /** The memory of a channel whose terms are known. */
    public static KnownChannel decodeKnown(MemorySnapshot in, UpdateRules rules) {
        if (decode(in, rules) instanceof KnownChannel known) {
            return known;
        }
        throw new IllegalArgumentException("a copy that knows no channel");
    }

    private static ChannelMemory withStanding(
            MemorySnapshot in, ChannelParty party, Standing standing) {
        return switch (in.getPhase()) {
            case "open" ->
                    new Open(
                            party,
                            standing,
                            balances(in.getBalances()),
                            in.hasResize()
                                    ? Optional.of(
                                            new ResizeWish(
                                                    Fields.resize(in.getResize()),
                                                    in.getResizeRefused()))
                                    : Optional.empty(),
                            in.getDoubtful());
            case "resizing" ->
                    new Resizing(
                            party,
                            standing,
                            Fields.resize(in.getResize()),
                            Fields.signature(in.getMine()),
                            Fields.signatures(in.getSignaturesList()));
            case "closing" ->
                    new Closing(
                            party,
                            standing,
                            Fields.balances(in.getBalances()),
                            Fields.signature(in.getMine()),
                            Fields.signatures(in.getSignaturesList()));
            case "disputed" -> new Disputed(party, standing, in.getDisputeMine(), steps(in));
            case "behind its partner" -> new Lost(party, standing, Fields.coSigned(in.getProof()));
            default -> throw new IllegalArgumentException("no phase " + in.getPhase());
        };
    }

    // An older snapshot has its only step in a field of its own.
    private static List<ForcedStep> steps(MemorySnapshot in) {
        List<ForcedStep> steps = new ArrayList<>();
        if (in.hasStep()) {
            steps.add(Fields.step(in.getStep()));
        }
        in.getStepsList().forEach(step -> steps.add(Fields.step(step)));
        return steps;
    }

    private static Optional<ClosingBalances> balances(ByteString field) {
        return field.isEmpty() ? Optional.empty() : Optional.of(Fields.balances(field));
    }

    private static Standing standing(StandingSnapshot in, ChannelParty party, UpdateRules rules) {
        ChannelPosition position =
                CanonicalReader.decode(Fields.bytes(in.getPosition()), ChannelPosition::readFrom);
        return new Standing(
                position,
                in.getProof().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Fields.coSigned(in.getProof())),
                in.hasOffer() ? Optional.<Offer>of(Fields.offer(in.getOffer())) : Optional.empty(),
                pending(in, position, party, rules),
                in.getPermitsList().stream().map(Fields::permit).toList(),
                heard(in.getHeardList()),
                done(in.getDoneList()));
    }

    private static Optional<SignedUpdate> pending(
            StandingSnapshot in, ChannelPosition position, ChannelParty party, UpdateRules rules) {
        if (in.getPendingUpdate().isEmpty()) {
            return Optional.empty();
        }
        if (in.getPendingSkips()) {
            return Optional.of(
                    SignedUpdate.skip(
                            party.me(), position, Fields.signature(in.getPendingSignature())));
        }
        Update update = Fields.update(in.getPendingUpdate());
        UpdateRules.Result result = rules.apply(party.terms(), position, update);
        if (result instanceof UpdateRules.Result.Moved moved) {
            return Optional.of(
                    new SignedUpdate(
                            update, moved.position(), Fields.signature(in.getPendingSignature())));
        }
        throw new IllegalStateException("a signed update is refused: " + result);
    }
}
