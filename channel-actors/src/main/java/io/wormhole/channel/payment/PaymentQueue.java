package io.wormhole.channel.payment;

import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits for the book, what the book is at, and what it must hear again when it starts anew:
 * who is linked, what could not be stored, and who awaits the end of a payment.
 */
final class PaymentQueue {
    private static final int MOST_HEARD = 2_000;

    private final Set<PublicKey> linked = new LinkedHashSet<>();
    private final Map<PaymentInput.PaymentListener, Hash> awaited = new LinkedHashMap<>();
    private final Map<PublicKey, Integer> heard = new HashMap<>();
    private final Deque<PaymentInput> waiting = new ArrayDeque<>();
    private List<PaymentInput> batch = List.of();
    private boolean ready;
    private boolean decided;

    /** Puts an input behind the others; false when its sender has too many there already. */
    boolean give(PaymentInput input) {
        if (input instanceof PaymentInput.Heard message) {
            int before = heard.getOrDefault(message.partner(), 0);
            if (before >= MOST_HEARD) {
                return false;
            }
            heard.put(message.partner(), before + 1);
        } else if (input instanceof PaymentInput.Linked up) {
            linked.add(up.partner());
        } else if (input instanceof PaymentInput.Unlinked down) {
            linked.remove(down.partner());
        } else if (input instanceof PaymentInput.Pay pay) {
            awaited.put(pay.listener(), pay.invoice().hash());
        }
        waiting.add(input);
        return true;
    }

    /** Whether the book is ready for a batch, and something waits. */
    boolean mayGoOn() {
        return ready && !waiting.isEmpty();
    }

    /** The next batch; empty while the one before is not done, or nothing waits. */
    List<PaymentInput> next(int most) {
        if (!mayGoOn()) {
            return List.of();
        }
        List<PaymentInput> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            PaymentInput input = waiting.remove();
            if (input instanceof PaymentInput.Heard message) {
                heard.computeIfPresent(
                        message.partner(), (same, count) -> count == 1 ? null : count - 1);
            }
            taken.add(input);
        }
        return begin(taken);
    }

    private List<PaymentInput> begin(List<PaymentInput> taken) {
        ready = false;
        decided = false;
        batch = List.copyOf(taken);
        return batch;
    }

    /** It is known what comes of the batch: if it cannot be stored, it is worth another try. */
    void decided() {
        decided = true;
    }

    /** What came of the batch is stored. */
    void stored() {
        batch = List.of();
    }

    /** The batch is done. */
    void done() {
        batch = List.of();
        ready = true;
    }

    /** The book is no more: nothing can be taken until there is another. */
    void broken() {
        ready = false;
    }

    /** This listener was told how its payment ended. */
    void told(PaymentInput.PaymentListener listener) {
        awaited.remove(listener);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * The book starts anew: its first batch. One on which it broke before it had decided is not
     * tried again, since it would break on it for ever.
     */
    List<PaymentInput> recovered() {
        List<PaymentInput> again = new ArrayList<>();
        linked.forEach(partner -> again.add(new PaymentInput.Linked(partner)));
        if (decided) {
            batch.stream().filter(PaymentQueue::lasts).forEach(again::add);
        }
        waiting.removeIf(input -> !lasts(input));
        Set<PaymentInput.PaymentListener> ahead = new HashSet<>();
        again.forEach(input -> addListener(input, ahead));
        waiting.forEach(input -> addListener(input, ahead));
        awaited.forEach(
                (listener, hash) -> {
                    if (!ahead.contains(listener)) {
                        again.add(new PaymentInput.Await(hash, listener));
                    }
                });
        return begin(again);
    }

    private static void addListener(
            PaymentInput input, Set<PaymentInput.PaymentListener> listeners) {
        if (input instanceof PaymentInput.Pay pay) {
            listeners.add(pay.listener());
        }
    }

    // The rest the book finds out again when it starts, or is told again here.
    private static boolean lasts(PaymentInput input) {
        return !(input instanceof PaymentInput.ChannelSeen
                || input instanceof PaymentInput.ChannelSilent
                || input instanceof PaymentInput.RoutesFound
                || input instanceof PaymentInput.BlockSeen
                || input instanceof PaymentInput.FinalSeen
                || input instanceof PaymentInput.Linked
                || input instanceof PaymentInput.Unlinked
                || input instanceof PaymentInput.Await);
    }
}
