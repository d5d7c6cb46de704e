package io.wormhole.isa.contract.assurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.ContractOutcome;
import io.wormhole.isa.contract.ContractOutcome.Advanced;
import io.wormhole.isa.contract.ContractOutcome.Refused;
import io.wormhole.isa.contract.ContractSteps;
import io.wormhole.isa.contract.assurance.ByAnswer.Outcome;
import io.wormhole.isa.value.IntValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.SettledQuestions;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ByAnswerTest {
    private static final OracleId QUESTION = OracleId.of(Alice.ADDRESS, new Nonce(7));
    private static final int INSURED = 1;
    private static final int BUYER = 0;
    private static final BlockHeight EXPIRY = new BlockHeight(50);
    private static final Amount SUM = Amount.of(1_000);

    private static SettledQuestions answered(Answer answer) {
        return SettledQuestions.ofOthers(20).with(QUESTION, Optional.of(answer));
    }

    private static ContractSteps steps(ByAnswer.Terms terms) {
        return new ContractSteps(
                ByAnswer.loaded(), ByAnswer::lock, ByAnswer.initialState(terms), terms.sum());
    }

    private static ContractOutcome show(
            ContractSteps steps, int sender, long height, SettledQuestions questions) {
        return steps.send(
                sender,
                height,
                ShownAnswer.message(questions.proof(QUESTION)),
                List.of(Hash.ofHex("0a".repeat(32)), questions.root()));
    }

    @Test
    void insurancePaysTheInsuredOnYesAndTheInsurerOtherwise() {
        assertPaid(ByAnswer.insurance(QUESTION, INSURED, SUM, EXPIRY), Answer.YES, 0, 1_000);
        assertPaid(ByAnswer.insurance(QUESTION, INSURED, SUM, EXPIRY), Answer.NO, 1_000, 0);
        assertPaid(
                ByAnswer.insurance(QUESTION, INSURED, SUM, EXPIRY), Answer.BAD_QUESTION, 1_000, 0);
    }

    @Test
    void escrowPaysTheSellerOnDeliveryAndTheBuyerOtherwise() {
        assertPaid(ByAnswer.escrow(QUESTION, BUYER, SUM, EXPIRY), Answer.YES, 0, 1_000);
        assertPaid(ByAnswer.escrow(QUESTION, BUYER, SUM, EXPIRY), Answer.NO, 1_000, 0);
    }

    @Test
    void betPaysWhoeverIsRightAndNobodyWhereTheQuestionWasBad() {
        ByAnswer.Terms bet =
                ByAnswer.bet(QUESTION, 0, List.of(Amount.of(30), Amount.of(70)), EXPIRY);

        assertPaid(bet, Answer.YES, 100, 0);
        assertPaid(bet, Answer.NO, 0, 100);
        assertPaid(bet, Answer.BAD_QUESTION, 30, 70);
    }

    private static void assertPaid(ByAnswer.Terms terms, Answer answer, long first, long second) {
        ContractSteps steps = steps(terms);

        assertThat(show(steps, 1, 49, answered(answer))).isInstanceOf(Advanced.class);

        assertThat(steps.paid(0)).isEqualTo(Amount.of(first));
        assertThat(steps.paid(1)).isEqualTo(Amount.of(second));
        assertRefused(show(steps, 1, 49, answered(answer)), "already ended");
    }

    @Test
    void unresolvedQuestionTakesTheRefundBranch() {
        ContractSteps steps = steps(ByAnswer.escrow(QUESTION, BUYER, SUM, EXPIRY));
        SettledQuestions unresolved = SettledQuestions.ofOthers(3).with(QUESTION, Optional.empty());

        assertThat(show(steps, 1, 10, unresolved)).isInstanceOf(Advanced.class);

        assertThat(steps.paid(BUYER)).isEqualTo(SUM);
    }

    @Test
    void answerCountsBelowTheExpiryAndSilenceFromItOn() {
        ContractSteps steps = steps(ByAnswer.insurance(QUESTION, INSURED, SUM, EXPIRY));

        assertRefused(steps.send(0, 49, ByAnswer.expire()), "not yet expired");
        assertRefused(show(steps, INSURED, 50, answered(Answer.YES)), "expired");
        assertRefused(show(steps, INSURED, 51, answered(Answer.YES)), "expired");
        assertThat(steps.send(0, 50, ByAnswer.expire())).isInstanceOf(Advanced.class);

        assertThat(steps.paid(0)).isEqualTo(SUM);
    }

    @Test
    void answerThatIsInNoFinalStateIsNone() {
        ContractSteps steps = steps(ByAnswer.insurance(QUESTION, INSURED, SUM, EXPIRY));
        Bytes message = ShownAnswer.message(answered(Answer.YES).proof(QUESTION));

        assertRefused(steps.send(INSURED, 5, message), "no final state holds this answer");
        assertRefused(
                steps.send(INSURED, 5, message, List.of(answered(Answer.NO).root())),
                "no final state holds this answer");
        assertThat(steps.locked()).isEqualTo(SUM);
    }

    @Test
    void anotherQuestionsAnswerIsNone() {
        OracleId other = OracleId.of(Alice.ADDRESS, new Nonce(8));
        SettledQuestions questions = answered(Answer.NO).with(other, Optional.of(Answer.YES));
        ContractSteps steps = steps(ByAnswer.insurance(QUESTION, INSURED, SUM, EXPIRY));

        assertRefused(
                steps.send(
                        INSURED,
                        5,
                        ShownAnswer.message(questions.proof(other)),
                        List.of(questions.root())),
                "no final state holds this answer");
    }

    @Test
    void everyAnswerOfAManyIsProven() {
        SettledQuestions questions = SettledQuestions.ofOthers(0);
        List<OracleId> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            OracleId id = OracleId.of(Alice.ADDRESS, new Nonce(i));
            ids.add(id);
            questions = questions.with(id, Optional.of(i % 3 == 0 ? Answer.YES : Answer.NO));
        }

        for (int i = 0; i < ids.size(); i++) {
            ContractSteps steps = steps(ByAnswer.escrow(ids.get(i), BUYER, SUM, EXPIRY));
            steps.send(
                    0,
                    5,
                    ShownAnswer.message(questions.proof(ids.get(i))),
                    List.of(questions.root()));

            assertThat(steps.paid(1)).isEqualTo(i % 3 == 0 ? SUM : Amount.ZERO);
        }
    }

    @Test
    void onlyWhoGetsLeastByAnOutcomeConcedesIt() {
        ContractSteps steps = steps(ByAnswer.escrow(QUESTION, BUYER, SUM, EXPIRY));

        assertRefused(
                steps.send(BUYER, 5, ByAnswer.concede(Outcome.NO)),
                "only who gets least by it concedes");
        assertThat(steps.send(BUYER, 5, ByAnswer.concede(Outcome.YES)))
                .isInstanceOf(Advanced.class);

        assertThat(steps.paid(1)).isEqualTo(SUM);
    }

    @Test
    void stateIsReadBack() {
        ByAnswer.Terms terms =
                ByAnswer.bet(QUESTION, 1, List.of(Amount.of(30), Amount.of(70)), EXPIRY);

        assertThat(ByAnswer.read(ByAnswer.initialState(terms)))
                .isEqualTo(new ByAnswer.State(terms, Optional.empty()));
        assertThatThrownBy(() -> ByAnswer.read(Crowdfunding.settle()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stateWithOutcomesThatCannotBePaidIsRefused() {
        Value most = Value.list(Value.of(Long.MAX_VALUE), Value.of(Long.MAX_VALUE));
        unreadable(most, 0, "more than all money");
        unreadable(Value.list(), 0, "two are paid");
        unreadable(Value.list(Value.of(1)), 0, "two are paid");
        unreadable(Value.list(Value.of(1), Value.of(1), Value.of(1)), 0, "two are paid");
        unreadable(Value.list(Value.of(1), Value.of(-1)), 0, "a number from 0");
        unreadable(Value.list(Value.of(1), Value.of(1)), 4, "ended as 4");
        unreadable(Value.list(Value.of(1), Value.of(1)), -1, "a number from 0");
        assertThatThrownBy(() -> ByAnswer.bet(QUESTION, 0, List.of(SUM), EXPIRY))
                .hasMessageContaining("two are paid");
    }

    private static void unreadable(Value outcome, long ended, String why) {
        Bytes state = state(outcome, ended);

        assertThatThrownBy(() -> ByAnswer.read(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static Bytes state(Value outcome, long ended) {
        Value question = Value.of(QUESTION.hash().bytes());
        return ContractCall.state(
                Value.tuple(question, outcome, outcome, outcome, Value.of(EXPIRY.value())),
                Value.of(ended));
    }

    @Test
    void outcomeIsReadAsItIsConceded() {
        for (Outcome outcome : Outcome.values()) {
            TupleValue conceded = (TupleValue) ValueCodec.decode(ByAnswer.concede(outcome));
            long number = ((IntValue) conceded.get(1)).longValue();
            Bytes state = state(Value.list(Value.of(1), Value.of(1)), number);

            assertThat(ByAnswer.read(state).ended()).contains(outcome);
        }
    }

    @Test
    void proofThatShowsNoAnswerIsNoMessage() {
        assertThatThrownBy(() -> ShownAnswer.message(SettledQuestions.ofOthers(4).proof(QUESTION)))
                .hasMessageContaining("is not answered in block 20");
    }

    private static void assertRefused(ContractOutcome outcome, String why) {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).detail()).contains(why);
    }
}
