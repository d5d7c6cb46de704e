package io.wormhole.protocol.settlement;

import java.util.concurrent.CompletionStage;

/** Receives ledger events one at a time: the next comes when the returned stage is complete. */
@FunctionalInterface
public interface LedgerObserver {
    /** Handles one event; a failed stage ends the following. */
    CompletionStage<?> onEvent(LedgerEvent event);
}
