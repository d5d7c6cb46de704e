package io.wormhole.settlement.peer;

import com.google.protobuf.ByteString;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.settlement.Submission;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.light.LightServer;
import io.wormhole.settlement.peer.wire.LightAnswer;
import io.wormhole.settlement.peer.wire.LightQuestion;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.Refusal;
import io.wormhole.settlement.peer.wire.StateWanted;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Questions of light clients to calls of a {@link LightServer}, and answers to bytes. */
final class LightWire {
    private LightWire() {}

    /** Refuses what no light client asks. */
    static void require(LightQuestion question) {
        switch (question.getWhatCase()) {
            case FINALITY_UP_TO_EPOCH -> requireNumber(question.getFinalityUpToEpoch());
            case CONSENSUS_AT_HEIGHT -> requireNumber(question.getConsensusAtHeight());
            case HEADERS_FROM_HEIGHT -> requireNumber(question.getHeadersFromHeight());
            case STATE -> {
                Wire.hash(question.getState().getBlock());
                Wire.hash(question.getState().getKey());
                tree(question.getState().getTree());
            }
            case TRANSACTION -> Wire.hash(question.getTransaction());
            case SUBMISSION -> submission(question);
            default -> throw new Misbehaviour("a question of unknown kind");
        }
    }

    static SignedTransaction submission(LightQuestion question) {
        return SignedTransaction.decode(Wire.bytes(question.getSubmission()));
    }

    static PeerMessage answer(Submission submission) {
        LightAnswer.Builder answer = LightAnswer.newBuilder();
        if (submission instanceof Submission.Refused refused) {
            answer.setRefusal(
                    Refusal.newBuilder().setCode(refused.code()).setReason(refused.reason()));
        }
        return PeerMessage.newBuilder().setLightAnswer(answer).build();
    }

    /** What a node has answered; its texts are cut to what people can read. */
    static Submission submission(Hash transaction, LightAnswer answer) {
        return answer.hasRefusal()
                ? new Submission.Refused(
                        text(answer.getRefusal().getCode()), text(answer.getRefusal().getReason()))
                : new Submission.Accepted(transaction);
    }

    private static String text(String told) {
        return told.substring(0, Math.min(told.length(), Wire.MAXIMUM_TEXT))
                .replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static void requireNumber(long number) {
        if (number < 0 || number > Long.MAX_VALUE / 2) {
            throw new Misbehaviour("a question for " + number);
        }
    }

    @SuppressWarnings("EnumOrdinal") // The order of the trees is part of the format.
    static StateTree tree(int number) {
        if (number < 0 || number >= StateTree.values().length) {
            throw new Misbehaviour("no state tree " + number);
        }
        return StateTree.values()[number];
    }

    static LightAnswer answer(LightQuestion question, LightServer server) {
        Collection<? extends Canonical> parts =
                switch (question.getWhatCase()) {
                    case FINALITY_UP_TO_EPOCH ->
                            list(server.finality(question.getFinalityUpToEpoch()));
                    case CONSENSUS_AT_HEIGHT ->
                            list(server.consensus(question.getConsensusAtHeight()));
                    case HEADERS_FROM_HEIGHT -> server.headers(question.getHeadersFromHeight());
                    case STATE -> list(state(question.getState(), server));
                    case TRANSACTION ->
                            list(server.transaction(Wire.hash(question.getTransaction())));
                    default -> List.of();
                };
        LightAnswer.Builder answer = LightAnswer.newBuilder();
        parts.forEach(part -> answer.addParts(bytes(part)));
        return answer.build();
    }

    private static Optional<? extends Canonical> state(StateWanted wanted, LightServer server) {
        Hash block = Wire.hash(wanted.getBlock());
        return server.state(block, tree(wanted.getTree()), Wire.hash(wanted.getKey()));
    }

    private static List<Canonical> list(Optional<? extends Canonical> one) {
        return one.<List<Canonical>>map(List::of).orElse(List.of());
    }

    private static ByteString bytes(Canonical part) {
        return Wire.bytes(part);
    }
}
