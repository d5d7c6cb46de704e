package io.wormhole.channel.watch;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.time.Instant;
import java.util.Optional;

/** What client and watcher say to each other. */
public sealed interface WatchMessage {
    /** The client asks for the terms, and for an invoice when it wants to pay for a period. */
    record Ask(boolean renew) implements WatchMessage {}

    /**
     * The watcher says what it does and how long it is paid.
     *
     * @param paidUntil empty: never paid
     * @param held how many channels of the client it watches
     * @param invoice to be paid for another period
     */
    record Terms(WatchTerms terms, Optional<Instant> paidUntil, int held, Optional<String> invoice)
            implements WatchMessage {}

    /** The client hands over a state; a higher number takes the place of a lower one. */
    record Hold(Hash hint, long number, Bytes sealed) implements WatchMessage {
        /** Refuses what no watcher takes. */
        public Hold {
            if (number < 1) {
                throw new IllegalArgumentException("a state to watch has number 1 or more");
            }
            if (sealed.size() > WatchTerms.LARGEST_BYTES) {
                throw new IllegalArgumentException("a sealed state of " + sealed.size() + " bytes");
            }
        }
    }

    /** The watcher has stored a state. */
    record Receipt(WatchReceipt receipt) implements WatchMessage {}

    /** The client wants a channel watched no more. */
    record Drop(Hash hint) implements WatchMessage {}

    /** The client asks for what it handed over. */
    record Fetch(Hash hint) implements WatchMessage {}

    /** The watcher gives it back; empty: it holds nothing. */
    record Held(Hash hint, Optional<Hold> held) implements WatchMessage {}

    /**
     * The watcher does not do it.
     *
     * @param hint which channel it is about, if any
     * @param code what kind of refusal it is, for programs
     * @param number what the watcher holds instead; 0 when that does not matter
     */
    record Refused(Optional<Hash> hint, String code, String reason, long number)
            implements WatchMessage {}
}
