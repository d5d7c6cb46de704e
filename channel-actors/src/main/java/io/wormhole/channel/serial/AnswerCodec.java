package io.wormhole.channel.serial;

import com.google.protobuf.ByteString;
import io.wormhole.channel.entity.ChannelEntity;
import io.wormhole.channel.proto.AnswersAnswer;
import io.wormhole.channel.proto.CompletedAnswer;
import io.wormhole.channel.proto.RefusedAnswer;
import io.wormhole.channel.proto.RequestAllCommand;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.channel.wire.SnapshotCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.ledger.Nonce;
import java.util.List;

/** What is wanted of a channel, and what it answers, to protobuf and back. */
final class AnswerCodec {
    private final UpdateRules rules;

    AnswerCodec(UpdateRules rules) {
        this.rules = rules;
    }

    static RequestAllCommand.Wanted wanted(ChannelEntity.Wanted wanted) {
        return RequestAllCommand.Wanted.newBuilder()
                .setRequest(wanted.request())
                .setUpdate(ByteString.copyFrom(wanted.update().encoded().toArray()))
                .build();
    }

    static ChannelEntity.Wanted wanted(RequestAllCommand.Wanted field) {
        return new ChannelEntity.Wanted(
                field.getRequest(),
                CanonicalReader.decode(
                        Bytes.of(field.getUpdate().toByteArray()), Update::readFrom));
    }

    static CompletedAnswer completed(ChannelEntity.Completed completed) {
        return CompletedAnswer.newBuilder()
                .setRequest(completed.request())
                .setNonce(completed.nonce().value())
                .build();
    }

    static ChannelEntity.Completed completed(CompletedAnswer field) {
        return new ChannelEntity.Completed(field.getRequest(), new Nonce(field.getNonce()));
    }

    static RefusedAnswer refused(ChannelEntity.Refused refused) {
        return RefusedAnswer.newBuilder().setReason(refused.reason()).build();
    }

    static ChannelEntity.Refused refused(RefusedAnswer field) {
        return new ChannelEntity.Refused(field.getReason());
    }

    AnswersAnswer encode(ChannelEntity.Answers answers) {
        AnswersAnswer.Builder out = AnswersAnswer.newBuilder();
        answers.answers().forEach(answer -> out.addAnswers(one(answer)));
        return out.build();
    }

    private static AnswersAnswer.Answer one(ChannelEntity.Answer answer) {
        AnswersAnswer.Answer.Builder out = AnswersAnswer.Answer.newBuilder();
        if (answer instanceof ChannelEntity.Completed completed) {
            out.setCompleted(completed(completed));
        } else if (answer instanceof ChannelEntity.Refused refused) {
            out.setRefused(refused(refused));
        } else {
            out.setDone(SnapshotCodec.encode(((ChannelEntity.Done) answer).memory()));
        }
        return out.build();
    }

    ChannelEntity.Answers decode(AnswersAnswer field) {
        List<ChannelEntity.Answer> answers =
                field.getAnswersList().stream().map(this::one).toList();
        return new ChannelEntity.Answers(answers);
    }

    private ChannelEntity.Answer one(AnswersAnswer.Answer field) {
        return switch (field.getAnswerCase()) {
            case COMPLETED -> completed(field.getCompleted());
            case REFUSED -> refused(field.getRefused());
            case DONE -> new ChannelEntity.Done(SnapshotCodec.decode(field.getDone(), rules));
            default -> throw new IllegalArgumentException("no answer");
        };
    }
}
