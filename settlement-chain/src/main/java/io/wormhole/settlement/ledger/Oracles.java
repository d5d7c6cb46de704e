package io.wormhole.settlement.ledger;

import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.oracle.rules.QuestionRefusal;
import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.oracle.rules.Ruling;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.Transaction;
import java.util.Optional;
import java.util.function.Consumer;

/** Questions: the rules of {@code oracle.rules} decide, the ledger moves the deposits. */
final class Oracles {
    private Oracles() {}

    static Amount cost(OracleTransaction.Ask body, TransitionTable.CostContext context) {
        OracleTerms terms = context.block().parameters().oracles();
        boolean isInRange =
                body.windowBlocks() >= 0 && body.windowBlocks() <= terms.maximumWindowBlocks();
        return isInRange ? terms.deposit(body.windowBlocks()) : Amount.ZERO;
    }

    static Amount cost(OracleTransaction.Counterclaim body, TransitionTable.CostContext context) {
        return body.deposit();
    }

    static Optional<Refusal> ask(OracleTransaction.Ask body, Transaction transaction, Draft draft) {
        long open = OpenQuestions.of(draft.ledger(), draft.sender());
        if (open >= QuestionRules.MOST_OPEN) {
            return Transition.refuse(
                    new Refusal.OracleRefused(
                            new QuestionRefusal.TooManyOpen(
                                    draft.sender(), QuestionRules.MOST_OPEN)));
        }
        OracleId id = OracleId.of(draft.sender(), transaction.nonce());
        QuestionRules.Asked asked =
                new QuestionRules.Asked(
                        draft.sender(),
                        new Question.Subject(
                                body.question(), transaction.dataHash(), transaction.id()),
                        body.opensAt(),
                        body.windowBlocks());
        return apply(
                QuestionRules.ask(id, asked, draft.height(), terms(draft)),
                question -> {
                    draft.debit(draft.sender(), question.deposit());
                    draft.change(ledger -> OpenQuestions.counted(ledger, draft.sender(), open + 1));
                    put(question, draft);
                });
    }

    static Optional<Refusal> answer(
            OracleTransaction.Give body, Transaction transaction, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(body.oracle());
        return question.isEmpty()
                ? unknown(body.oracle())
                : apply(
                        QuestionRules.answer(
                                question.get(),
                                draft.sender(),
                                says(body.answer(), transaction, draft)),
                        answered -> put(answered, draft));
    }

    static Optional<Refusal> counterclaim(
            OracleTransaction.Counterclaim body, Transaction transaction, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(body.oracle());
        if (question.isEmpty()) {
            return unknown(body.oracle());
        }
        QuestionRules.Claim claim =
                new QuestionRules.Claim(
                        draft.sender(), says(body.answer(), transaction, draft), body.deposit());
        return apply(
                QuestionRules.counterclaim(question.get(), claim, terms(draft)),
                disputed -> {
                    draft.debit(draft.sender(), body.deposit());
                    put(disputed, draft);
                });
    }

    private static Question.Given says(Answer answer, Transaction transaction, Draft draft) {
        return new Question.Given(answer, draft.height(), transaction.dataHash());
    }

    /** Anybody may do what is due where the block that had to has left it for later. */
    static Optional<Refusal> settle(
            OracleTransaction.Settle body, Transaction transaction, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(body.oracle());
        return question.isEmpty()
                ? unknown(body.oracle())
                : apply(
                        OracleUpkeep.next(question.get(), draft),
                        step -> OracleUpkeep.perform(question.get(), step, draft));
    }

    static <T> Optional<Refusal> apply(Ruling<T> ruling, Consumer<T> result) {
        if (ruling instanceof Ruling.Allowed<T> allowed) {
            result.accept(allowed.value());
            return Transition.done();
        }
        return Transition.refuse(new Refusal.OracleRefused(((Ruling.Refused<T>) ruling).refusal()));
    }

    static Optional<Refusal> unknown(OracleId oracle) {
        return Transition.refuse(new Refusal.OracleUnknown(oracle));
    }

    /** Stores a question and notes when something is due about it. */
    static void put(Question question, Draft draft) {
        draft.change(
                ledger ->
                        DueIndex.add(
                                ledger.withOpenOracle(question.id(), Optional.of(question)),
                                question.id(),
                                QuestionRules.dueAt(question, terms(draft))));
        draft.fact(new LedgerFact.OracleChanged(question.id()));
    }

    static OracleTerms terms(Draft draft) {
        return draft.parameters().oracles();
    }
}
