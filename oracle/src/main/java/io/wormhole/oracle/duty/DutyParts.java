package io.wormhole.oracle.duty;

import io.wormhole.oracle.feed.FeedPlan;
import io.wormhole.oracle.rules.OracleTerms;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.QuestionBook;
import io.wormhole.protocol.settlement.Settlement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a role needs.
 *
 * @param plans the feed plans by name
 * @param watches which questions of others concern it
 * @param budget the most that may be put up as bonds at once
 * @param human told once, after each start, of every question that somebody has to decide
 */
public record DutyParts(
        Settlement settlement,
        QuestionBook questions,
        Purse purse,
        OracleTerms terms,
        Map<String, FeedPlan> plans,
        List<Watch> watches,
        Amount budget,
        Consumer<Question> human) {
    /** Copies the collections. */
    public DutyParts {
        plans = Map.copyOf(plans);
        watches = List.copyOf(watches);
    }
}
