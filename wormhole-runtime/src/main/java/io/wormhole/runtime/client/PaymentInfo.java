package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.Optional;

/**
 * A payment of the node.
 *
 * @param state "under way", "paid" or "failed"
 * @param fees what relays took
 * @param receipt the payee's secret, which proves the payment
 * @param reason why it failed; empty otherwise
 */
public record PaymentInfo(
        Hash hash,
        String state,
        Amount amount,
        Amount fees,
        Optional<Bytes> receipt,
        String reason) {
    static PaymentInfo read(JsonNode json) {
        JsonNode receipt = json.path("receipt");
        return new PaymentInfo(
                Hash.ofHex(json.path("hash").asText()),
                json.path("state").asText(),
                Amount.of(json.path("amountBaseUnits").asLong()),
                Amount.of(json.path("feesBaseUnits").asLong()),
                receipt.isTextual()
                        ? Optional.of(Bytes.ofHex(receipt.textValue()))
                        : Optional.empty(),
                json.path("reason").asText());
    }

    /** Whether the payee has the money. */
    public boolean isPaid() {
        return state.equals("paid");
    }
}
