package io.wormhole.channel.wallet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Wishes that are not signed yet, and who waits for an answer; not stored, since whoever still
 * cares asks again after a restart. What was refused waits 1, 2, 4 … {@value #LONGEST_PAUSE_BLOCKS}
 * changes of the chain before it is tried again.
 */
final class Wishes {
    private static final int LONGEST_PAUSE_BLOCKS = 64;
    private static final int REFUSALS_KEPT = 1_000;

    private final Map<String, List<ActorRef<Payment>>> askers = new LinkedHashMap<>();
    private final Map<String, Wish> ready = new LinkedHashMap<>();
    private final Map<String, Paused> paused = new LinkedHashMap<>();
    private final Map<String, Integer> pauses =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > REFUSALS_KEPT;
                }
            };

    private record Paused(Wish wish, int blocksLeft) {}

    void join(String purpose, ActorRef<Payment> asker) {
        List<ActorRef<Payment>> waiting =
                askers.computeIfAbsent(purpose, unknown -> new ArrayList<>());
        if (!waiting.contains(asker)) {
            waiting.add(asker);
        }
    }

    void add(Wish wish) {
        if (ready.containsKey(wish.purpose()) || paused.containsKey(wish.purpose())) {
            return;
        }
        Integer pause = pauses.get(wish.purpose());
        if (pause == null) {
            ready.put(wish.purpose(), wish);
        } else {
            paused.put(wish.purpose(), new Paused(wish, pause));
        }
    }

    Optional<Wish> first() {
        return ready.values().stream().findFirst();
    }

    void remove(Wish wish) {
        ready.remove(wish.purpose());
    }

    /** The chain moved: pauses get shorter. */
    void tick() {
        Iterator<Map.Entry<String, Paused>> all = paused.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Paused> entry = all.next();
            Paused old = entry.getValue();
            if (old.blocksLeft() > 1) {
                entry.setValue(new Paused(old.wish(), old.blocksLeft() - 1));
            } else {
                all.remove();
                ready.put(entry.getKey(), old.wish());
            }
        }
    }

    void settled(Payment.Settled payment) {
        pauses.remove(payment.purpose());
        answer(payment.purpose(), payment);
    }

    void refused(Payment.Abandoned payment) {
        pauses.merge(
                payment.purpose(),
                1,
                (last, first) -> Math.min(Math.multiplyExact(last, 2), LONGEST_PAUSE_BLOCKS));
        answer(payment.purpose(), payment);
    }

    private void answer(String purpose, Payment payment) {
        List<ActorRef<Payment>> waiting = askers.remove(purpose);
        if (waiting != null) {
            waiting.forEach(asker -> asker.tell(payment));
        }
    }
}
