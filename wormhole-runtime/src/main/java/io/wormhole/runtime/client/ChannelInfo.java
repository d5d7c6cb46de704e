package io.wormhole.runtime.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import java.util.ArrayList;
import java.util.List;

/**
 * A channel as the node knows it.
 *
 * @param phase one word: proposed, opening, open, closing, disputed, closed
 * @param me index of the node's own balance
 * @param balances what each side has; empty before the opening and after the end
 * @param payouts what each side was paid at the end; empty before
 */
public record ChannelInfo(
        ChannelId id, String phase, int me, List<Amount> balances, List<Amount> payouts) {
    /** Copies the lists. */
    public ChannelInfo {
        balances = List.copyOf(balances);
        payouts = List.copyOf(payouts);
    }

    static ChannelInfo read(JsonNode json) {
        return new ChannelInfo(
                new ChannelId(Hash.ofHex(json.path("id").asText())),
                json.path("phase").asText(),
                json.path("me").asInt(),
                amounts(json.path("balances")),
                amounts(json.path("payouts")));
    }

    private static List<Amount> amounts(JsonNode array) {
        List<Amount> amounts = new ArrayList<>();
        array.forEach(amount -> amounts.add(Amount.parse(amount.asText())));
        return amounts;
    }

    /** Whether it can be used. */
    public boolean isOpen() {
        return phase.equals("open");
    }

    /** Whether it is closed and final. */
    public boolean isClosed() {
        return phase.equals("closed");
    }
}
