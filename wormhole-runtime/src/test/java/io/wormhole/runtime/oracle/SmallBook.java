package io.wormhole.runtime.oracle;

import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.QuestionBook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Open questions as of block 10. */
final class SmallBook implements QuestionBook {
    private static final BlockHeight NOW = new BlockHeight(10);

    private final Map<OracleId, Question> open = new ConcurrentHashMap<>();

    void open(Question question) {
        open.put(question.id(), question);
    }

    @Override
    public CompletionStage<Optional<Standing>> question(OracleId oracle, Certainty certainty) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(open.get(oracle))
                        .map(question -> new Standing.Open(question, CastVotes.NONE, NOW)));
    }

    @Override
    public CompletionStage<List<Question>> openQuestions(Optional<OracleId> after, int limit) {
        return CompletableFuture.completedFuture(List.copyOf(open.values()));
    }
}
