package io.wormhole.oracle.rules;

import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.oracle.Answer;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The votes of one voting window in both chambers.
 *
 * @param activeStake all stake that could vote
 * @param stakeVotes stake behind each answer
 * @param blocks blocks in the window
 * @param workVotes blocks whose producers voted for each answer
 */
public record Ballot(
        Amount activeStake,
        Map<Answer, Amount> stakeVotes,
        long blocks,
        Map<Answer, Long> workVotes) {
    /** A window in which nobody voted. */
    public static final Ballot EMPTY = new Ballot(Amount.ZERO, Map.of(), 0, Map.of());

    /** Refuses more votes than voters. */
    public Ballot {
        stakeVotes = inOrder(stakeVotes);
        workVotes = inOrder(workVotes);
        if (!activeStake.covers(Amount.sum(stakeVotes.values()))) {
            throw new IllegalArgumentException("more stake voted than the active " + activeStake);
        }
        if (sum(workVotes.values()) > blocks || workVotes.values().stream().anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException(
                    "more votes than the window's " + blocks + " blocks");
        }
    }

    private static <V> Map<Answer, V> inOrder(Map<Answer, V> votes) {
        EnumMap<Answer, V> copy = new EnumMap<>(Answer.class);
        copy.putAll(votes);
        return Collections.unmodifiableMap(copy);
    }

    /** What the stake says: two thirds of it must vote, and more than half of those agree. */
    public Optional<Answer> stakeChamber() {
        long cast = Amount.sum(stakeVotes.values()).baseUnits();
        long needed = activeStake.baseUnits() - activeStake.baseUnits() / 3;
        return cast == 0 || cast < needed
                ? Optional.empty()
                : majority(
                        cast, answer -> stakeVotes.getOrDefault(answer, Amount.ZERO).baseUnits());
    }

    /** What the work says: half of the blocks must vote, and more than half of those agree. */
    public Optional<Answer> workChamber() {
        long cast = sum(workVotes.values());
        return cast == 0 || cast < blocks - blocks / 2
                ? Optional.empty()
                : majority(cast, answer -> workVotes.getOrDefault(answer, 0L));
    }

    /** The answer on which both chambers agree. */
    public Optional<Answer> decision() {
        return stakeChamber().filter(answer -> workChamber().equals(Optional.of(answer)));
    }

    private static Optional<Answer> majority(long cast, ToLongFunction<Answer> votes) {
        for (Answer answer : Answer.values()) {
            BigInteger twice = BigInteger.valueOf(votes.applyAsLong(answer)).shiftLeft(1);
            if (twice.compareTo(BigInteger.valueOf(cast)) > 0) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().reduce(0L, Math::addExact);
    }
}
