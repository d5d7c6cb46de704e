package io.wormhole.settlement.ledger;

import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.MapEntry;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The questions of a ledger that are not settled: pages of them, and how many each account has. */
public final class OpenQuestions {
    private OpenQuestions() {}

    /** In the order of their ids, at most {@code limit}, beginning after {@code after}. */
    public static List<Question> page(Ledger ledger, Optional<OracleId> after, int limit) {
        AuthenticatedMap open = ledger.map(StateTree.OPEN_ORACLES);
        Iterator<MapEntry> entries =
                after.map(LedgerKeys::oracle).map(open::after).orElseGet(open::iterator);
        List<Question> found = new ArrayList<>();
        while (found.size() < limit && entries.hasNext()) {
            found.add(CanonicalReader.decode(entries.next().value(), Question::readFrom));
        }
        return found;
    }

    /** How many questions of an account are open. */
    static long of(Ledger ledger, Address asker) {
        return ledger.get(
                        StateTree.CONSENSUS,
                        LedgerKeys.openQuestionsOf(asker),
                        DueIndex.Count::readFrom)
                .map(DueIndex.Count::entries)
                .orElse(0L);
    }

    /** The ledger in which an account has so many open questions. */
    static Ledger counted(Ledger ledger, Address asker, long count) {
        return ledger.put(
                StateTree.CONSENSUS,
                LedgerKeys.openQuestionsOf(asker),
                count > 0 ? Optional.of(new DueIndex.Count(count)) : Optional.empty());
    }
}
