package io.wormhole.settlement.ledger;

import io.wormhole.oracle.rules.Ballots;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.oracle.rules.Payout;
import io.wormhole.oracle.rules.Question;
import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.oracle.rules.Resolution;
import io.wormhole.oracle.rules.Ruling;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.OracleId;
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
        OracleId id = OracleId.of(draft.sender(), transaction.nonce());
        QuestionRules.Asked asked =
                new QuestionRules.Asked(
                        draft.sender(), body.question(), body.opensAt(), body.windowBlocks());
        return apply(
                QuestionRules.ask(id, asked, draft.height(), terms(draft)),
                question -> {
                    draft.debit(draft.sender(), question.deposit());
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
                                question.get(), draft.sender(), body.answer(), draft.height()),
                        answered -> put(answered, draft));
    }

    static Optional<Refusal> counterclaim(
            OracleTransaction.Counterclaim body, Transaction transaction, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(body.oracle());
        if (question.isEmpty()) {
            return unknown(body.oracle());
        }
        QuestionRules.Claim claim =
                new QuestionRules.Claim(draft.sender(), body.answer(), body.deposit());
        return apply(
                QuestionRules.counterclaim(question.get(), claim, draft.height(), terms(draft)),
                disputed -> {
                    draft.debit(draft.sender(), body.deposit());
                    put(disputed, draft);
                });
    }

    /** Anybody may settle; no vote can be cast yet, so a dispute ends unresolved. */
    static Optional<Refusal> settle(
            OracleTransaction.Settle body, Transaction transaction, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(body.oracle());
        return question.isEmpty()
                ? unknown(body.oracle())
                : apply(
                        QuestionRules.settle(
                                question.get(), draft.height(), terms(draft), Ballots.NONE),
                        resolution -> end(question.get(), resolution, draft));
    }

    private static void end(Question question, Resolution resolution, Draft draft) {
        draft.change(
                ledger ->
                        ledger.withOpenOracle(question.id(), Optional.empty())
                                .withAnsweredOracle(resolution.answered()));
        Payout payout = resolution.payout();
        pay(question.asker(), payout.asker(), draft);
        question.dispute()
                .ifPresent(dispute -> pay(dispute.challenger(), payout.challenger(), draft));
        draft.payPool(payout.jurors());
        draft.burn(payout.burned());
        draft.fact(new LedgerFact.OracleChanged(question.id()));
    }

    private static void pay(Address to, Amount amount, Draft draft) {
        if (!amount.isZero()) {
            draft.credit(to, amount);
        }
    }

    private static <T> Optional<Refusal> apply(Ruling<T> ruling, Consumer<T> result) {
        if (ruling instanceof Ruling.Allowed<T> allowed) {
            result.accept(allowed.value());
            return Transition.done();
        }
        return Transition.refuse(new Refusal.OracleRefused(((Ruling.Refused<T>) ruling).refusal()));
    }

    private static Optional<Refusal> unknown(OracleId oracle) {
        return Transition.refuse(new Refusal.OracleUnknown(oracle));
    }

    private static void put(Question question, Draft draft) {
        draft.change(ledger -> ledger.withOpenOracle(question.id(), Optional.of(question)));
        draft.fact(new LedgerFact.OracleChanged(question.id()));
    }

    private static OracleTerms terms(Draft draft) {
        return draft.parameters().oracles();
    }
}
