package io.wormhole.oracle.rules;

import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.AnsweredQuestion.Ending;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.Optional;

/**
 * The steps in a question's life. Heights are those of the block that holds the step; a window from
 * a to b includes a and not b.
 */
public final class QuestionRules {
    /** Most open questions of one account. */
    public static final long MOST_OPEN = 4_096;

    private QuestionRules() {}

    /**
     * Asks a question.
     *
     * @param id made from asker and nonce, so never used before
     */
    public static Ruling<Question> ask(
            OracleId id, Asked asked, BlockHeight now, OracleTerms terms) {
        if (asked.subject().text().isBlank() && asked.subject().content().isEmpty()) {
            return Ruling.refuse(new QuestionRefusal.EmptyQuestion());
        }
        long window = asked.windowBlocks();
        if (window < terms.minimumWindowBlocks() || window > terms.maximumWindowBlocks()) {
            return Ruling.refuse(
                    new QuestionRefusal.WindowOutOfRange(
                            window, terms.minimumWindowBlocks(), terms.maximumWindowBlocks()));
        }
        BlockHeight latest = now.plus(terms.maximumDelayBlocks());
        if (asked.opensAt().isBefore(now) || asked.opensAt().isAfter(latest)) {
            return Ruling.refuse(
                    new QuestionRefusal.OpeningOutOfRange(asked.opensAt(), now, latest));
        }
        return Ruling.allow(
                new Question(
                        id,
                        asked.asker(),
                        asked.subject(),
                        asked.opensAt(),
                        window,
                        terms.deposit(window),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** What is asked by whom, from when and for how many blocks it can be answered. */
    public record Asked(
            Address asker, Question.Subject subject, BlockHeight opensAt, long windowBlocks) {}

    /** The asker answers, free of charge, once and in the window. */
    public static Ruling<Question> answer(Question question, Address by, Question.Given given) {
        if (!by.equals(question.asker())) {
            return Ruling.refuse(new QuestionRefusal.NotTheAsker(by, question.asker()));
        }
        if (question.given().isPresent()) {
            Question.Given before = question.given().get();
            return Ruling.refuse(new QuestionRefusal.AlreadyAnswered(before.answer(), before.at()));
        }
        BlockHeight end = question.windowEndsAt();
        if (given.at().isBefore(question.opensAt()) || !given.at().isBefore(end)) {
            return Ruling.refuse(
                    new QuestionRefusal.OutsideWindow(given.at(), question.opensAt(), end));
        }
        return Ruling.allow(question.answered(given));
    }

    /** Anyone but the asker disputes the answer, or claims a question whose window was missed. */
    public static Ruling<Question> counterclaim(Question question, Claim claim, OracleTerms terms) {
        Optional<QuestionRefusal> refusal = refuse(question, claim, terms);
        return refusal.isPresent()
                ? Ruling.refuse(refusal.get())
                : Ruling.allow(
                        question.disputed(
                                new Question.Dispute(
                                        claim.challenger(),
                                        claim.says(),
                                        0,
                                        claim.says().at().next())));
    }

    /** A counterclaim with the deposit that it brings. */
    public record Claim(Address challenger, Question.Given says, Amount deposit) {}

    private static Optional<QuestionRefusal> refuse(
            Question question, Claim claim, OracleTerms terms) {
        BlockHeight now = claim.says().at();
        if (question.dispute().isPresent()) {
            Question.Dispute dispute = question.dispute().get();
            return Optional.of(
                    new QuestionRefusal.AlreadyDisputed(
                            dispute.challenger(), dispute.claim().at()));
        }
        if (claim.challenger().equals(question.asker())) {
            return Optional.of(new QuestionRefusal.OwnQuestion(question.asker()));
        }
        if (!claim.deposit().equals(question.deposit())) {
            return Optional.of(
                    new QuestionRefusal.DepositNotEqual(claim.deposit(), question.deposit()));
        }
        if (question.given().isEmpty() && now.isBefore(question.windowEndsAt())) {
            return Optional.of(new QuestionRefusal.NothingToDispute(now, question.windowEndsAt()));
        }
        Answer answer = claim.says().answer();
        if (question.given().filter(given -> given.answer() == answer).isPresent()) {
            return Optional.of(new QuestionRefusal.SameAnswer(answer));
        }
        BlockHeight end = dueAt(question, terms);
        return now.isBefore(end)
                ? Optional.empty()
                : Optional.of(new QuestionRefusal.TooLateToDispute(now, end));
    }

    /**
     * The height whose block does the next step by itself, before its transactions: up to there,
     * and not there any more, others can act.
     */
    public static BlockHeight dueAt(Question question, OracleTerms terms) {
        if (question.dispute().isPresent()) {
            return question.dispute().get().votesFrom().plus(terms.voteBlocks());
        }
        return question.given()
                .map(Question.Given::at)
                .orElse(question.windowEndsAt())
                .plus(terms.counterclaimBlocks());
    }

    /** Why nobody can vote on this question at {@code now}, if so. */
    public static Optional<QuestionRefusal> refuseVote(
            Question question, BlockHeight now, OracleTerms terms) {
        if (question.dispute().isEmpty()) {
            return Optional.of(new QuestionRefusal.NotDisputed(question.id()));
        }
        BlockHeight from = question.dispute().get().votesFrom();
        BlockHeight end = dueAt(question, terms);
        return now.isBefore(from) || !now.isBefore(end)
                ? Optional.of(new QuestionRefusal.OutsideVote(now, from, end))
                : Optional.empty();
    }

    /**
     * Does what is due: ends a question, or extends the vote on it once.
     *
     * @param ballot the votes of the present window; without effect when nobody disputed
     */
    public static Ruling<NextStep> settle(
            Question question, BlockHeight now, OracleTerms terms, Ballot ballot) {
        BlockHeight due = dueAt(question, terms);
        if (now.isBefore(due)) {
            return Ruling.refuse(new QuestionRefusal.NotOver(now, due));
        }
        return Ruling.allow(
                question.dispute()
                        .map(dispute -> settleDispute(question, dispute, now, terms, ballot))
                        .orElseGet(() -> new NextStep.Ended(settleUndisputed(question, now))));
    }

    private static Resolution settleUndisputed(Question question, BlockHeight now) {
        return question.given().isPresent()
                ? new Resolution(
                        ended(question, Ending.UNDISPUTED, question.given(), now),
                        Payout.returned(question.deposit()))
                : new Resolution(
                        ended(question, Ending.SILENT, Optional.empty(), now),
                        Payout.forfeited(question.deposit()));
    }

    private static NextStep settleDispute(
            Question question,
            Question.Dispute dispute,
            BlockHeight now,
            OracleTerms terms,
            Ballot ballot) {
        Optional<Answer> result = ballot.decision();
        if (result.isPresent()) {
            return new NextStep.Ended(voted(question, dispute, result.get(), now, terms.shares()));
        }
        return dispute.round() == 0
                ? new NextStep.Extended(question.disputed(dispute.extended(now)))
                : new NextStep.Ended(
                        new Resolution(
                                ended(question, Ending.UNRESOLVED, Optional.empty(), now),
                                Payout.unresolved(question.deposit(), terms.shares())));
    }

    private static Resolution voted(
            Question question,
            Question.Dispute dispute,
            Answer result,
            BlockHeight now,
            DisputeShares shares) {
        Amount deposit = question.deposit();
        Optional<Question.Given> given = question.given().filter(g -> g.answer() == result);
        if (given.isPresent()) {
            return new Resolution(
                    ended(question, Ending.VOTED, given, now), Payout.askerRight(deposit, shares));
        }
        if (dispute.claim().answer() == result) {
            return new Resolution(
                    ended(question, Ending.VOTED, Optional.of(dispute.claim()), now),
                    Payout.challengerRight(deposit, shares));
        }
        Question.Given third = new Question.Given(result, now, Optional.empty());
        return new Resolution(
                ended(question, Ending.VOTED, Optional.of(third), now),
                Payout.bothWrong(deposit, shares));
    }

    private static AnsweredQuestion ended(
            Question question, Ending ending, Optional<Question.Given> says, BlockHeight now) {
        Optional<Hash> evidence = says.flatMap(Question.Given::evidence);
        return new AnsweredQuestion(
                question.id(),
                question.asker(),
                question.subject().transaction(),
                ending,
                says.map(Question.Given::answer),
                evidence,
                now);
    }
}
