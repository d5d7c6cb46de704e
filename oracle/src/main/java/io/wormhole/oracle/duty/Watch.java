package io.wormhole.oracle.duty;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Question;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which questions of others are looked at, and by which feeds.
 *
 * @param contains words that a question's text contains, in any case; empty: every question
 * @param plan the feed plan that answers it
 * @param mostBond the largest deposit that is met
 */
public record Watch(String contains, String plan, Amount mostBond) {
    /** The first watch that fits a question whose {@code bond} has to be met. */
    static Optional<Watch> of(List<Watch> all, Question question, Amount bond) {
        String text = question.subject().text().toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(watch -> text.contains(watch.contains().toLowerCase(Locale.ROOT)))
                .filter(watch -> watch.mostBond().covers(bond))
                .findFirst();
    }
}
