package io.wormhole.cluster.serial;

import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/** Events of a made-up counter. */
sealed interface CounterEvent {
    record Grown(long by, String why) implements CounterEvent {
        public Grown {
            if (by < 0) {
                throw new IllegalArgumentException("by is " + by + ", allowed is 0 or more");
            }
        }
    }

    record Reset() implements CounterEvent {}

    record Forgotten() implements CounterEvent {}

    record Tick() implements CounterEvent, NoSerializationVerificationNeeded {}
}
