package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;

/**
 * A payment stream of the node.
 *
 * @param paying whether the node pays; else it delivers
 * @param state "running" or "ended"
 * @param delivered units in all
 * @param deliverable how many more may come before the next payment
 */
public record StreamInfo(
        String id,
        ChannelId channel,
        boolean paying,
        String state,
        long delivered,
        long deliverable,
        Amount paid,
        Amount owed) {
    static StreamInfo read(JsonNode json) {
        return new StreamInfo(
                json.path("id").asText(),
                new ChannelId(Hash.ofHex(json.path("channel").asText())),
                json.path("paying").asBoolean(),
                json.path("state").asText(),
                json.path("delivered").asLong(),
                json.path("deliverable").asLong(),
                Amount.of(json.path("paidBaseUnits").asLong()),
                Amount.of(json.path("owedBaseUnits").asLong()));
    }
}
