package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;

/**
 * An invoice of the node.
 *
 * @param text what to hand to the payer
 * @param state one word: open, accepted, paid, expired
 */
public record InvoiceInfo(Hash hash, String text, Amount amount, String state) {
    static InvoiceInfo read(JsonNode json) {
        return new InvoiceInfo(
                Hash.ofHex(json.path("hash").asText()),
                json.path("invoice").asText(),
                Amount.of(json.path("amountBaseUnits").asLong()),
                json.path("state").asText());
    }

    /** Whether the money has come. */
    public boolean isPaid() {
        return state.equals("paid");
    }

    /** Whether nothing more happens to it. */
    public boolean isOver() {
        return isPaid() || state.equals("expired");
    }
}
