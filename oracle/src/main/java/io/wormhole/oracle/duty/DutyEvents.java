package io.wormhole.oracle.duty;

import com.google.protobuf.ByteString;
import io.wormhole.oracle.feed.Evidence;
import io.wormhole.oracle.proto.AnswerDecided;
import io.wormhole.oracle.proto.DutyEnded;
import io.wormhole.oracle.proto.DutyEvent;
import io.wormhole.oracle.proto.QuestionAsked;
import io.wormhole.oracle.proto.QuestionTaken;
import io.wormhole.oracle.proto.RequestDropped;
import io.wormhole.oracle.proto.StepBrought;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;

/** What {@link DutyEntity} stores. */
final class DutyEvents {
    private DutyEvents() {}

    static DutyEvent asked(DutyEntity.Ask ask) {
        DutyEntity.Wording wording = ask.wording();
        QuestionAsked.Builder event =
                QuestionAsked.newBuilder()
                        .setRequest(ask.request())
                        .setText(wording.text())
                        .setOpensAt(wording.opensAt().value())
                        .setWindowBlocks(wording.windowBlocks())
                        .setPlan(ask.plan().orElse(""));
        wording.content()
                .ifPresent(hash -> event.setContent(ByteString.copyFrom(hash.bytes().toArray())));
        return DutyEvent.newBuilder().setAsked(event).build();
    }

    static DutyEvent dropped(String request, Purse.Brought.Refused refused) {
        return DutyEvent.newBuilder()
                .setDropped(
                        RequestDropped.newBuilder()
                                .setRequest(request)
                                .setReason(refused.code() + ": " + refused.reason()))
                .build();
    }

    static DutyEvent taken(OracleId oracle, String plan, String request, Amount bond) {
        return DutyEvent.newBuilder()
                .setTaken(
                        QuestionTaken.newBuilder()
                                .setOracle(DutyMemory.bytes(oracle))
                                .setPlan(plan)
                                .setRequest(request)
                                .setBond(bond.baseUnits()))
                .build();
    }

    static DutyEvent decided(OracleId oracle, Evidence evidence) {
        return DutyEvent.newBuilder()
                .setDecided(
                        AnswerDecided.newBuilder()
                                .setOracle(DutyMemory.bytes(oracle))
                                .setAnswer(evidence.answer().orElseThrow().name())
                                .setEvidence(evidence.text()))
                .build();
    }

    static DutyEvent ended(OracleId oracle, AnsweredQuestion settled) {
        String outcome =
                settled.ending() + settled.answer().map(answer -> ": " + answer).orElse("");
        return DutyEvent.newBuilder()
                .setEnded(
                        DutyEnded.newBuilder()
                                .setOracle(DutyMemory.bytes(oracle))
                                .setOutcome(outcome))
                .build();
    }

    static DutyEvent brought(OracleId oracle, String step, Purse.Brought result) {
        StepBrought.Builder event =
                StepBrought.newBuilder()
                        .setOracle(DutyMemory.bytes(oracle))
                        .setStep(step)
                        .setIsFinal(result instanceof Purse.Brought.Final);
        if (result instanceof Purse.Brought.Refused refused) {
            event.setReason(refused.code() + ": " + refused.reason());
        }
        return DutyEvent.newBuilder().setBrought(event).build();
    }
}
