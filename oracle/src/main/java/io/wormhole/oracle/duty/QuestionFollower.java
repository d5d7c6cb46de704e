package io.wormhole.oracle.duty;

import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Following;
import io.wormhole.protocol.settlement.LedgerEvent;
import io.wormhole.protocol.settlement.LedgerFact;
import io.wormhole.protocol.settlement.LedgerObserver;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.settlement.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Tells the actors which questions to look at: first all that are open, then whatever a block
 * changed, and at every block those that they follow.
 */
public final class QuestionFollower implements LedgerObserver {
    private static final int PAGE = 500;

    private final QuestionBook questions;
    private final List<ActorRef<DutyEntity.Command>> actors;

    private QuestionFollower(QuestionBook questions, List<ActorRef<DutyEntity.Command>> actors) {
        this.questions = questions;
        this.actors = List.copyOf(actors);
    }

    /** Follows the chain from now on, until closed. */
    public static CompletionStage<Following> start(
            Settlement settlement,
            QuestionBook questions,
            List<ActorRef<DutyEntity.Command>> actors) {
        QuestionFollower follower = new QuestionFollower(questions, actors);
        return settlement
                .head()
                .thenApply(head -> settlement.follow(head.finalHeight(), follower))
                .thenCompose(
                        following -> follower.scan(Optional.empty()).thenApply(done -> following));
    }

    private CompletionStage<?> scan(Optional<OracleId> after) {
        return questions.openQuestions(after, PAGE).thenCompose(this::lookAtPage);
    }

    private CompletionStage<?> lookAtPage(List<Question> page) {
        page.forEach(question -> tell(new DutyEntity.Look(question.id())));
        return page.size() < PAGE
                ? CompletableFuture.completedFuture(page)
                : scan(Optional.of(page.get(page.size() - 1).id()));
    }

    @Override
    public CompletionStage<?> onEvent(LedgerEvent event) {
        if (event instanceof LedgerEvent.BlockApplied applied) {
            for (LedgerFact fact : applied.facts()) {
                if (fact instanceof LedgerFact.OracleChanged changed) {
                    tell(new DutyEntity.Look(changed.oracle()));
                }
            }
        }
        if (!(event instanceof LedgerEvent.BlockUndone)) {
            tell(new DutyEntity.LookAfterAll());
        }
        return CompletableFuture.completedFuture(event);
    }

    private void tell(DutyEntity.Command command) {
        actors.forEach(actor -> actor.tell(command));
    }
}
