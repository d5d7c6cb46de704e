package io.wormhole.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;

/** A deposit or a withdrawal, from the wish to the final block. */
record ChannelResizing(String id, ChainPatience patience, NodeOptions options) {
    int run(String what, String amount) {
        ApiClient node = options.node();
        String channel = Known.CHANNEL.path(id);
        long before = node.get(channel).path("nonce").asLong();
        node.post(channel + "/" + what, Json.object().put("amount", amount));
        JsonNode done =
                Waiting.until(
                        what + " in channel " + id,
                        patience.time(),
                        () -> node.get(channel),
                        seen -> seen.path("phase").asText().equals("open") && !wishes(seen));
        boolean moved = done.path("nonce").asLong() > before;
        String balances = String.valueOf(done.path("balances"));
        options.print(
                done,
                moved
                        ? what + " is final, balances " + balances
                        : what + " will not be: the partner was first or did not agree");
        return moved ? 0 : 1;
    }

    private static boolean wishes(JsonNode channel) {
        return !channel.path("wishes").isMissingNode();
    }
}
