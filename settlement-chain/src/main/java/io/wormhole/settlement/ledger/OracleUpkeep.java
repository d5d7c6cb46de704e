package io.wormhole.settlement.ledger;

import io.wormhole.oracle.rules.Ballot;
import io.wormhole.oracle.rules.NextStep;
import io.wormhole.oracle.rules.Payout;
import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.oracle.rules.Resolution;
import io.wormhole.oracle.rules.Ruling;
import io.wormhole.oracle.rules.VoteRules;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.LedgerFact;
import java.util.Map;
import java.util.Optional;

/**
 * What each block does about questions whose time is over, before its transactions: it ends them,
 * or counts the votes on them. No transaction and no fee is needed.
 */
final class OracleUpkeep {
    /** Entries of the index that one block works through; what is left comes in the next block. */
    static final int ENTRIES_PER_BLOCK = 256;

    private OracleUpkeep() {}

    static void run(Draft draft) {
        BlockHeight now = draft.height();
        Optional<DueIndex.Cursor> left = DueIndex.cursor(draft.ledger());
        DueIndex.Cursor cursor = left.orElse(new DueIndex.Cursor(now, 0));
        int budget = ENTRIES_PER_BLOCK;
        while (!cursor.height().isAfter(now)) {
            long entries = DueIndex.count(draft.ledger(), cursor.height()).entries();
            long until = Math.min(entries, cursor.entry() + budget);
            for (long entry = cursor.entry(); entry < until; entry++) {
                look(entryAt(cursor.height(), entry, draft), cursor.height(), draft);
            }
            budget -= (int) (until - cursor.entry());
            if (until < entries) {
                cursor = new DueIndex.Cursor(cursor.height(), until);
                break;
            }
            cursor = finished(cursor.height(), entries, draft);
        }
        Optional<DueIndex.Cursor> next =
                cursor.height().isAfter(now) ? Optional.empty() : Optional.of(cursor);
        if (!next.equals(left)) {
            draft.change(ledger -> DueIndex.withCursor(ledger, next));
        }
    }

    private static DueIndex.Cursor finished(BlockHeight height, long entries, Draft draft) {
        if (entries > 0) {
            draft.change(ledger -> DueIndex.remove(ledger, height));
        }
        return new DueIndex.Cursor(height.next(), 0);
    }

    private static OracleId entryAt(BlockHeight height, long entry, Draft draft) {
        return DueIndex.page(draft.ledger(), height, entry / DueIndex.PAGE)
                .oracles()
                .get((int) (entry % DueIndex.PAGE));
    }

    private static void look(OracleId oracle, BlockHeight due, Draft draft) {
        Optional<Question> question = draft.ledger().openOracle(oracle);
        boolean isDue =
                question.filter(q -> QuestionRules.dueAt(q, Oracles.terms(draft)).equals(due))
                        .isPresent();
        if (isDue && next(question.get(), draft) instanceof Ruling.Allowed<NextStep> step) {
            perform(question.get(), step.value(), draft);
        }
    }

    /** What is due about a question now, or that nothing is. */
    static Ruling<NextStep> next(Question question, Draft draft) {
        return QuestionRules.settle(
                question,
                draft.height(),
                Oracles.terms(draft),
                question.dispute().isPresent() ? count(question, draft) : Ballot.EMPTY);
    }

    private static Ballot count(Question question, Draft draft) {
        return VoteRules.count(
                draft.ledger().castVotes(question.id()), stakes(draft), Oracles.terms(draft));
    }

    private static Map<Address, Amount> stakes(Draft draft) {
        return draft.ledger().finality().currentSet();
    }

    static void perform(Question question, NextStep step, Draft draft) {
        if (step instanceof NextStep.Extended extended) {
            dropVotes(question, draft);
            Oracles.put(extended.question(), draft);
        } else {
            end(question, ((NextStep.Ended) step).resolution(), draft);
        }
    }

    private static void dropVotes(Question question, Draft draft) {
        draft.change(ledger -> ledger.withCastVotes(question.id(), Optional.empty()));
    }

    private static void end(Question question, Resolution resolution, Draft draft) {
        Payout payout = resolution.payout();
        resolution
                .answered()
                .answer()
                .filter(answer -> !payout.jurors().isZero())
                .ifPresent(answer -> payJurors(question, payout.jurors(), answer, draft));
        if (question.dispute().isPresent()) {
            dropVotes(question, draft);
        }
        long open = OpenQuestions.of(draft.ledger(), question.asker());
        draft.change(
                ledger ->
                        OpenQuestions.counted(
                                ledger.withOpenOracle(question.id(), Optional.empty())
                                        .withAnsweredOracle(resolution.answered()),
                                question.asker(),
                                open - 1));
        pay(question.asker(), payout.asker(), draft);
        question.dispute()
                .ifPresent(dispute -> pay(dispute.challenger(), payout.challenger(), draft));
        draft.burn(payout.burned());
        draft.fact(new LedgerFact.OracleChanged(question.id()));
    }

    /** Validators earn on their stakes, producers on their accounts. */
    private static void payJurors(Question question, Amount reward, Answer result, Draft draft) {
        CastVotes votes = draft.ledger().castVotes(question.id());
        VoteRules.JurorShares shares = VoteRules.jurorShares(reward, result, votes, stakes(draft));
        draft.change(ledger -> ledger.withFinality(ledger.finality().credit(shares.stake())));
        shares.work().forEach((producer, share) -> pay(producer, share, draft));
    }

    private static void pay(Address to, Amount amount, Draft draft) {
        if (!amount.isZero()) {
            draft.credit(to, amount);
        }
    }
}
