package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.cli.ApiClient;
import io.wormhole.runtime.node.NodeKeys;

/**
 * What somebody has on the chain, and has paid it for transactions, also for those that only filled
 * a nonce.
 */
record Ledger(long balance, long fees) {
    static Ledger of(Site site, Patient patient, String who) {
        JsonNode account = patient.ask(who, "chain", "account", "me");
        return new Ledger(
                account.path("balanceBaseUnits").asLong(),
                fees(site, who, account.path("address").asText()));
    }

    private static long fees(Site site, String who, String address) {
        String key =
                NodeKeys.open(site.keys(who), site.password(who))
                        .operator()
                        .publicKey()
                        .bytes()
                        .toHex();
        long fees = 0;
        JsonNode found =
                ApiClient.ofData(site.data(who))
                        .get("blocks/transactions?from=0&mentions=" + key)
                        .path("transactions");
        for (JsonNode transaction : found) {
            if (transaction.path("sender").asText().equals(address)) {
                fees += transaction.path("feeBaseUnits").asLong();
            }
        }
        return fees;
    }

    /** What there would be if transactions cost nothing. */
    long balanceAndFees() {
        return balance + fees;
    }
}
