package io.wormhole.oracle.duty;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One question that is followed.
 *
 * @param oracle which
 * @param plan the feed plan that answers it; empty: somebody has to say it
 * @param request the request of ours that it came of; empty for a question of others
 * @param bond what it can cost us
 * @param decided what we say, once we know
 * @param brought which steps of ours are final or refused for good
 * @param outcome how it ended
 */
public record Duty(
        OracleId oracle,
        Optional<String> plan,
        Optional<String> request,
        Amount bond,
        Optional<Decided> decided,
        SortedMap<String, String> brought,
        Optional<String> outcome) {
    /** The step that puts up a bond. */
    static final String COUNTERCLAIM = "counterclaim";

    /** What is remembered of a step that is final. */
    static final String FINAL = "final";

    /** Copies the steps. */
    public Duty {
        brought = Collections.unmodifiableSortedMap(new TreeMap<>(brought));
    }

    /** What is said about a question, and the evidence text for it. */
    public record Decided(Answer answer, String evidence) {}

    /** Whether a step needs no further transaction. */
    boolean isDone(String step) {
        return brought.containsKey(step);
    }

    boolean isOver() {
        return outcome.isPresent();
    }

    /** Whether a bond of ours is put up, or may still be: it was not refused for good. */
    boolean isBound() {
        return !isOver()
                && decided.isPresent()
                && brought.getOrDefault(COUNTERCLAIM, FINAL).equals(FINAL);
    }

    Duty with(Decided decision) {
        return new Duty(oracle, plan, request, bond, Optional.of(decision), brought, outcome);
    }

    Duty with(String step, String result) {
        TreeMap<String, String> more = new TreeMap<>(brought);
        more.put(step, result);
        return new Duty(oracle, plan, request, bond, decided, more, outcome);
    }

    Duty ended(String how) {
        return new Duty(oracle, plan, request, bond, decided, brought, Optional.of(how));
    }

    static Duty taken(
            OracleId oracle, Optional<String> plan, Optional<String> request, Amount bond) {
        return new Duty(
                oracle,
                plan,
                request,
                bond,
                Optional.empty(),
                Collections.unmodifiableSortedMap(new TreeMap<>(Map.of())),
                Optional.empty());
    }
}
