package io.wormhole.supervision;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What a tree is given from outside: the place of its root, time, chance, and who is told.
 *
 * @param rootPath path of the root, starting with a slash; empty for a slash and the root's name
 * @param nanoClock monotonic time in nanoseconds, for intensity windows and uptimes
 * @param chance a number from 0 to below 1, for the jitter of back-off
 * @param listener told of every event on the supervisor's thread, before it goes on
 * @param acknowledgeTo told once whether the root has started; null for nobody
 */
public record SupervisionSettings(
        String rootPath,
        LongSupplier nanoClock,
        DoubleSupplier chance,
        Consumer<SupervisionEvent> listener,
        @Nullable ActorRef<StartOutcome> acknowledgeTo) {

    private static final SupervisionSettings DEFAULTS =
            new SupervisionSettings(
                    "",
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    event -> {},
                    null);

    /** System time, thread-local chance, nobody told but the event stream. */
    public static SupervisionSettings defaults() {
        return DEFAULTS;
    }

    /** The same with the root at this path, such as {@code /acme/line7}. */
    public SupervisionSettings withRootPath(String path) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "a root path starts with a slash and does not end with one, got " + path);
        }
        return new SupervisionSettings(path, nanoClock, chance, listener, acknowledgeTo);
    }

    /** The same with another monotonic clock, in nanoseconds. */
    public SupervisionSettings withNanoClock(LongSupplier clock) {
        return new SupervisionSettings(rootPath, clock, chance, listener, acknowledgeTo);
    }

    /** The same with another source of chance, from 0 to below 1. */
    public SupervisionSettings withChance(DoubleSupplier source) {
        return new SupervisionSettings(rootPath, nanoClock, source, listener, acknowledgeTo);
    }

    /** The same, with this told of every event on the supervisor's thread. */
    public SupervisionSettings withListener(Consumer<SupervisionEvent> told) {
        return new SupervisionSettings(rootPath, nanoClock, chance, told, acknowledgeTo);
    }

    /** The same, with this told once whether the root has started. */
    public SupervisionSettings withAcknowledgeTo(ActorRef<StartOutcome> told) {
        return new SupervisionSettings(rootPath, nanoClock, chance, listener, told);
    }

    Optional<ActorRef<StartOutcome>> acknowledge() {
        return Optional.ofNullable(acknowledgeTo);
    }
}
