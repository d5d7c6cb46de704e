package io.wormhole.channel.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks again and again, for half a minute, whether something that others bring about is so. */
final class Eventually {
    private static final int TIMES = 1_500;
    private static final long PAUSE_MILLIS = 20;

    private Eventually() {}

    static void until(BooleanSupplier condition) {
        for (int i = 0; i < TIMES; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            pause();
        }
        throw new AssertionError("it never came true");
    }

    private static void pause() {
        try {
            if (new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody counts it down");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
