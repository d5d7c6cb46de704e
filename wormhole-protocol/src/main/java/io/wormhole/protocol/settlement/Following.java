package io.wormhole.protocol.settlement;

/** A running subscription to ledger events. */
@FunctionalInterface
public interface Following extends AutoCloseable {
    /** Ends the subscription; an event that is being handled is not interrupted. */
    @Override
    void close();
}
