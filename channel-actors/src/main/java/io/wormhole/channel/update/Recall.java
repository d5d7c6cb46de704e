package io.wormhole.channel.update;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was lately computed from two objects that never change, for whoever asks again about the
 * very same ones. It forgets at any time, and so serves only functions whose result is always the
 * same.
 */
final class Recall<A, B, R> {
    private final AtomicReferenceArray<@Nullable Known<A, B, R>> known;

    private record Known<A, B, R>(A first, B second, R result) {}

    /** Remembers at most so many results. */
    Recall(int most) {
        this.known = new AtomicReferenceArray<>(most);
    }

    R of(A first, B second, Supplier<R> computed) {
        int hash = 31 * first.hashCode() + second.hashCode();
        int slot = Math.floorMod(hash, known.length());
        Known<A, B, R> before = known.get(slot);
        if (before != null && before.first() == first && before.second() == second) {
            return before.result();
        }
        R result = computed.get();
        known.set(slot, new Known<>(first, second, result));
        return result;
    }
}
