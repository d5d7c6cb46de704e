package io.wormhole.settlement.peer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Compares this node's clock with those of its peers. It counts as off when more than half of the
 * peers say so, and at least two: a single peer may as well have the wrong clock itself, so that is
 * a doubt only, which is shown and stops nothing. Time comes in as an argument; for one owner.
 */
final class PeerClocks {
    /** How many peers must say that the clock is off. */
    static final int FEWEST_WITNESSES = 2;

    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Duration allowed;
    private long comparedMillis;
    private Optional<String> fault = Optional.empty();
    private Optional<String> doubt = Optional.empty();

    PeerClocks(Duration allowed) {
        this.allowed = allowed;
    }

    /**
     * Compares; says whether the answer of {@link #fault} has changed.
     *
     * @param offsetsMillis of the peers' clocks less this node's
     */
    boolean compare(Collection<Long> offsetsMillis, long nowMillis) {
        if (offsetsMillis.isEmpty() && nowMillis - comparedMillis < MEMORY.toMillis()) {
            // A link that just broke makes no clock right.
            return false;
        }
        if (!offsetsMillis.isEmpty()) {
            comparedMillis = nowMillis;
        }
        List<Long> off =
                offsetsMillis.stream()
                        .filter(offset -> Math.abs(offset) > allowed.toMillis())
                        .sorted()
                        .toList();
        boolean most = off.size() * 2 > offsetsMillis.size();
        boolean isOff = most && off.size() >= FEWEST_WITNESSES;
        doubt = most && !isOff ? Optional.of(inDoubt(off.get(0))) : Optional.empty();
        if (isOff == fault.isPresent()) {
            return false;
        }
        fault = isOff ? Optional.of(inWords(off.get(off.size() / 2))) : Optional.empty();
        return true;
    }

    /** What is wrong with this node's clock. */
    Optional<String> fault() {
        return fault;
    }

    /** What may be wrong, when one peer alone says so. */
    Optional<String> doubt() {
        return doubt;
    }

    private String inDoubt(long offsetMillis) {
        return "this machine's clock and that of its only peer differ by %d s (%s); allowed: %d s. Set the wrong one right"
                .formatted(
                        Math.abs(offsetMillis) / 1000,
                        offsetMillis < 0 ? "the peer's is behind" : "the peer's is ahead",
                        allowed.toSeconds());
    }

    private String inWords(long offsetMillis) {
        return "this machine's clock differs from the peers' by %d s (%s); allowed: %d s. Set the clock right"
                .formatted(
                        Math.abs(offsetMillis) / 1000,
                        offsetMillis < 0 ? "theirs are behind" : "theirs are ahead",
                        allowed.toSeconds());
    }
}
