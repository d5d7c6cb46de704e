package io.wormhole.protocol.settlement;

import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The questions of the settlement chain as its users see them. A settled question read with {@link
 * Certainty#FINAL} acts; any other may still change.
 */
public interface QuestionBook {
    /** Where one question stands. */
    CompletionStage<Optional<Standing>> question(OracleId oracle, Certainty certainty);

    /**
     * Open questions in the order of their ids, at most {@code limit}, beginning after {@code
     * after}.
     */
    CompletionStage<List<Question>> openQuestions(Optional<OracleId> after, int limit);

    /** Where a question stands: open with what was voted so far, or settled. */
    sealed interface Standing {
        /** Not settled; {@code now} is the height of the block in whose state it was read. */
        record Open(Question question, CastVotes votes, BlockHeight now) implements Standing {}

        /** Settled for ever, or until a reorganisation when read with less than finality. */
        record Settled(AnsweredQuestion question) implements Standing {}
    }
}
