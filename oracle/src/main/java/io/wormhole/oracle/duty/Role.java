package io.wormhole.oracle.duty;

import io.wormhole.oracle.rules.QuestionRules;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who acts on questions, and what each does; pure. */
public enum Role {
    /** Answers the questions that it asked, in their windows. */
    OPERATOR {
        @Override
        boolean isConcerned(Sight sight) {
            return false;
        }

        @Override
        List<Step> next(Duty duty, Sight sight) {
            Question question = sight.question();
            boolean isInWindow =
                    !sight.next().isBefore(question.opensAt())
                            && sight.next().isBefore(question.windowEndsAt());
            if (question.given().isPresent() || !isInWindow || duty.isDone("answer")) {
                return Step.none();
            }
            return duty.decided()
                    .map(
                            said ->
                                    bring(
                                            "answer",
                                            new OracleTransaction.Give(
                                                    question.id(), said.answer())))
                    .orElseGet(() -> find(duty));
        }
    },

    /** Disputes what its own feeds contradict, and claims what others leave unanswered. */
    CHALLENGER {
        @Override
        boolean isConcerned(Sight sight) {
            Question question = sight.question();
            return question.dispute().isEmpty()
                    && !question.asker().equals(sight.self())
                    && isDisputable(sight);
        }

        @Override
        List<Step> next(Duty duty, Sight sight) {
            Question question = sight.question();
            boolean isOpen =
                    question.dispute().isEmpty()
                            && isDisputable(sight)
                            && !duty.isDone(Duty.COUNTERCLAIM);
            if (!isOpen) {
                return Step.none();
            }
            if (duty.decided().isEmpty()) {
                boolean isAffordable = sight.left().covers(question.deposit());
                return isAffordable && duty.plan().isPresent() ? find(duty) : Step.none();
            }
            Answer mine = duty.decided().get().answer();
            Optional<Answer> given = question.given().map(Question.Given::answer);
            return given.equals(Optional.of(mine))
                    ? Step.none()
                    : bring(
                            Duty.COUNTERCLAIM,
                            new OracleTransaction.Counterclaim(
                                    question.id(), mine, question.deposit()));
        }
    },

    /** Votes with stake and blocks on disputed questions. */
    VOTER {
        @Override
        boolean isConcerned(Sight sight) {
            return sight.question().dispute().isPresent();
        }

        @Override
        List<Step> next(Duty duty, Sight sight) {
            Question question = sight.question();
            boolean isOver =
                    question.dispute().isEmpty()
                            || !sight.next().isBefore(QuestionRules.dueAt(question, sight.terms()));
            if (isOver) {
                return Step.none();
            }
            if (duty.decided().isEmpty()) {
                return find(duty);
            }
            Answer mine = duty.decided().get().answer();
            List<Step> steps = new ArrayList<>();
            steps.add(new Step.SayInBlocks(mine));
            String vote = "vote-" + question.dispute().get().round();
            boolean hasVoted = sight.votes().stake().containsKey(sight.self());
            if (!hasVoted && !duty.isDone(vote)) {
                steps.add(
                        new Step.Bring(vote, new OracleTransaction.StakeVote(question.id(), mine)));
            }
            return steps;
        }
    };

    /** Whether a question of others is to be followed at all. */
    abstract boolean isConcerned(Sight sight);

    /** What is to be done about a followed question. */
    abstract List<Step> next(Duty duty, Sight sight);

    /** The name in settings, purposes and journals. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isDisputable(Sight sight) {
        Question question = sight.question();
        BlockHeight next = sight.next();
        boolean hasBegun = question.given().isPresent() || !next.isBefore(question.windowEndsAt());
        return hasBegun && next.isBefore(QuestionRules.dueAt(question, sight.terms()));
    }

    private static List<Step> bring(String name, TransactionBody body) {
        return List.of(new Step.Bring(name, body));
    }

    private static List<Step> find(Duty duty) {
        return List.of(duty.plan().<Step>map(Step.Evaluate::new).orElseGet(Step.AskHuman::new));
    }
}
