package io.wormhole.oracle.rules;

import io.wormhole.oracle.rules.AnsweredQuestion.Ending;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import java.util.Optional;

/**
 * The steps in a question's life. Heights are those of the block that holds the step; a window from
 * a to b includes a and not b.
 */
public final class QuestionRules {
    private QuestionRules() {}

    /**
     * Asks a question.
     *
     * @param id made from asker and nonce, so never used before
     */
    public static Ruling<Question> ask(
            OracleId id, Asked asked, BlockHeight now, OracleTerms terms) {
        if (asked.text().isBlank()) {
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
                        asked.text(),
                        asked.opensAt(),
                        window,
                        terms.deposit(window),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** What is asked by whom, from when and for how many blocks it can be answered. */
    public record Asked(Address asker, String text, BlockHeight opensAt, long windowBlocks) {}

    /** The asker answers, free of charge, once and in the window. */
    public static Ruling<Question> answer(
            Question question, Address by, Answer answer, BlockHeight now) {
        if (!by.equals(question.asker())) {
            return Ruling.refuse(new QuestionRefusal.NotTheAsker(by, question.asker()));
        }
        if (question.given().isPresent()) {
            Question.Given given = question.given().get();
            return Ruling.refuse(new QuestionRefusal.AlreadyAnswered(given.answer(), given.at()));
        }
        BlockHeight end = question.windowEndsAt();
        if (now.isBefore(question.opensAt()) || !now.isBefore(end)) {
            return Ruling.refuse(new QuestionRefusal.OutsideWindow(now, question.opensAt(), end));
        }
        return Ruling.allow(question.answered(answer, now));
    }

    /** Anyone but the asker disputes the answer, or claims a question whose window was missed. */
    public static Ruling<Question> counterclaim(
            Question question, Claim claim, BlockHeight now, OracleTerms terms) {
        Optional<QuestionRefusal> refusal = refuse(question, claim, now, terms);
        return refusal.isPresent()
                ? Ruling.refuse(refusal.get())
                : Ruling.allow(
                        question.disputed(
                                new Question.Dispute(claim.challenger(), claim.answer(), now)));
    }

    /** A counterclaim with the deposit that it brings. */
    public record Claim(Address challenger, Answer answer, Amount deposit) {}

    private static Optional<QuestionRefusal> refuse(
            Question question, Claim claim, BlockHeight now, OracleTerms terms) {
        if (question.dispute().isPresent()) {
            Question.Dispute dispute = question.dispute().get();
            return Optional.of(
                    new QuestionRefusal.AlreadyDisputed(dispute.challenger(), dispute.at()));
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
        if (question.given().filter(given -> given.answer() == claim.answer()).isPresent()) {
            return Optional.of(new QuestionRefusal.SameAnswer(claim.answer()));
        }
        BlockHeight end = question.undisputableFrom(terms);
        return now.isBefore(end)
                ? Optional.empty()
                : Optional.of(new QuestionRefusal.TooLateToDispute(now, end));
    }

    /** Ends a question whose time is over. */
    public static Ruling<Resolution> settle(
            Question question, BlockHeight now, OracleTerms terms, Ballots ballots) {
        if (question.dispute().isPresent()) {
            return settleDispute(question, now, terms, ballots);
        }
        BlockHeight end = question.undisputableFrom(terms);
        if (now.isBefore(end)) {
            return Ruling.refuse(new QuestionRefusal.NotOver(now, end));
        }
        Optional<Answer> answer = question.given().map(Question.Given::answer);
        return Ruling.allow(
                answer.isPresent()
                        ? new Resolution(
                                ended(question, Ending.UNDISPUTED, answer, now),
                                Payout.returned(question.deposit()))
                        : new Resolution(
                                ended(question, Ending.SILENT, answer, now),
                                Payout.forfeited(question.deposit())));
    }

    private static Ruling<Resolution> settleDispute(
            Question question, BlockHeight now, OracleTerms terms, Ballots ballots) {
        Question.Dispute dispute = question.dispute().orElseThrow();
        BlockHeight end = dispute.at().plus(terms.voteBlocks());
        Optional<Answer> result = ballots.first().decision();
        if (result.isEmpty()) {
            end = end.plus(terms.voteBlocks());
            result = ballots.extension().decision();
        }
        if (now.isBefore(end)) {
            return Ruling.refuse(new QuestionRefusal.NotOver(now, end));
        }
        return Ruling.allow(
                result.isPresent()
                        ? new Resolution(
                                ended(question, Ending.VOTED, result, now),
                                payout(question, dispute, result.get(), terms.shares()))
                        : new Resolution(
                                ended(question, Ending.UNRESOLVED, result, now),
                                Payout.unresolved(question.deposit(), terms.shares())));
    }

    private static Payout payout(
            Question question, Question.Dispute dispute, Answer result, DisputeShares shares) {
        if (question.given().filter(given -> given.answer() == result).isPresent()) {
            return Payout.askerRight(question.deposit(), shares);
        }
        return dispute.answer() == result
                ? Payout.challengerRight(question.deposit(), shares)
                : Payout.bothWrong(question.deposit(), shares);
    }

    private static AnsweredQuestion ended(
            Question question, Ending ending, Optional<Answer> answer, BlockHeight now) {
        return new AnsweredQuestion(
                question.id(), question.asker(), question.text(), ending, answer, now);
    }
}
