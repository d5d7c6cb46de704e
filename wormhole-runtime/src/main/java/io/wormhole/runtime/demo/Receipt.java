package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.cli.ApiClient;
import io.wormhole.runtime.http.Json;
import java.util.HashSet;
import java.util.Set;

/** What came of a demonstration, from both nodes and the printer, and whether it adds up. */
final class Receipt {
    private final Shell shell;
    private final Site site;
    private final DemoOptions options;
    private final String channel;
    private final String order;

    Receipt(Shell shell, Site site, DemoOptions options, String channel, String order) {
        this.shell = shell;
        this.site = site;
        this.options = options;
        this.channel = channel;
        this.order = order;
    }

    ObjectNode write(ObjectNode before, ObjectNode after, JsonNode printer) {
        ObjectNode receipt =
                Json.object().put("line", Site.LINE).put("order", order).put("channel", channel);
        receipt.set("balancesBefore", before);
        receipt.set("balancesAfter", after);
        JsonNode acmeSees = channelAt("acme");
        JsonNode bobSees = channelAt("bob");
        receipt.set("payouts", bobSees.path("payouts"));
        ArrayNode transactions = provenTransactions();
        receipt.set("transactions", transactions);
        ObjectNode device = receipt.putObject("printer");
        device.put("partsCompleted", printer.path("partsCompleted").asInt());
        device.put("extrudedNm", printer.path("extrudedNm").asLong());
        device.put("linesReceived", printer.path("linesReceived").asLong());
        device.put("resendsAsked", printer.path("resendsAsked").asLong());
        device.put("connections", printer.path("connections").asLong());
        device.set("lastPart", printer.path("parts").path(printer.path("parts").size() - 1));
        check(receipt, acmeSees, bobSees, printer, before, after, transactions);
        return receipt;
    }

    private JsonNode channelAt(String who) {
        return shell.ask("channel", "show", channel, "--data", site.data(who).toString());
    }

    // The maker's node proves, the customer's node checks against its own final chain.
    private ArrayNode provenTransactions() {
        ApiClient acme = ApiClient.ofData(site.data("acme"));
        ApiClient bob = ApiClient.ofData(site.data("bob"));
        ArrayNode proven = Json.array();
        bob.get("blocks/transactions?from=0&mentions=" + channel)
                .path("transactions")
                .forEach(
                        found -> {
                            String id = found.path("transaction").asText();
                            String proof =
                                    acme.get("transactions/" + id + "/proof")
                                            .path("proof")
                                            .asText();
                            JsonNode verdict =
                                    bob.post("proofs", Json.object().put("proof", proof));
                            proven.addObject()
                                    .put("kind", found.path("kind").asText())
                                    .put("transaction", id)
                                    .put("sender", found.path("sender").asText())
                                    .put("height", found.path("height").asLong())
                                    .put("feeBaseUnits", found.path("feeBaseUnits").asLong())
                                    .put(
                                            "verifiedByCustomer",
                                            verdict.path("verified").asBoolean());
                        });
        return proven;
    }

    private void check(
            ObjectNode receipt,
            JsonNode acmeSees,
            JsonNode bobSees,
            JsonNode printer,
            ObjectNode before,
            ObjectNode after,
            ArrayNode transactions) {
        ArrayNode faults = receipt.putArray("faults");
        Amount deposit = amount(bobSees.path("participants").path(0).path("deposit"));
        Amount toBob = amount(bobSees.path("payouts").path(0));
        Amount toAcme = amount(bobSees.path("payouts").path(1));
        int printed = printer.path("partsCompleted").asInt();
        int cups = options.silent() ? printed : options.count();
        Amount due = Amount.parse(Site.PRICE).times(cups);
        require(faults, printed == cups, printed + " cups printed, " + cups + " expected");
        require(faults, isUnique(printer), "a cup was printed twice");
        require(faults, toAcme.equals(due), "acme was paid " + toAcme + ", due is " + due);
        requireShown(receipt, faults, transactions);
        require(faults, toBob.plus(toAcme).equals(deposit), "payouts do not sum to the deposit");
        require(
                faults,
                acmeSees.path("payouts").equals(bobSees.path("payouts")),
                "acme sees " + acmeSees.path("payouts") + ", bob " + bobSees.path("payouts"));
        String bob =
                shell.ask("chain", "account", "me", "--data", site.data("bob").toString())
                        .path("address")
                        .asText();
        long fees = 0;
        for (JsonNode transaction : transactions) {
            require(
                    faults,
                    transaction.path("verifiedByCustomer").asBoolean(),
                    "unproven: " + transaction.path("transaction").asText());
            if (transaction.path("sender").asText().equals(bob)) {
                fees += transaction.path("feeBaseUnits").asLong();
            }
        }
        long expected = before.path("bob").asLong() - toAcme.baseUnits() - fees;
        require(
                faults,
                after.path("bob").asLong() == expected,
                "bob has %d, expected %d".formatted(after.path("bob").asLong(), expected));
        receipt.put("cups", cups).put("paid", toAcme.toString()).put("bobsFeesBaseUnits", fees);
        receipt.put("addsUp", faults.isEmpty());
    }

    // A variant in which nothing went wrong shows nothing.
    private void requireShown(ObjectNode receipt, ArrayNode faults, ArrayNode transactions) {
        if (options.killWorker() > 0) {
            int restarts = restartsOfWorker();
            receipt.put("restartsOfWorker", restarts);
            require(faults, restarts == 1, "the worker was restarted " + restarts + " times");
        }
        if (options.cheat()) {
            require(faults, has(transactions, "Challenge"), "bob's old state was not answered");
        }
        if (options.silent()) {
            require(faults, has(transactions, "CloseSolo"), "acme did not close alone");
        }
    }

    private int restartsOfWorker() {
        JsonNode tree =
                shell.ask("line", "tree", Site.LINE, "--data", site.data("acme").toString());
        return tree.findParents("id").stream()
                .filter(child -> child.path("id").asText().equals(Site.DEVICE))
                .mapToInt(child -> child.path("restarts").asInt())
                .sum();
    }

    private static boolean has(ArrayNode transactions, String kind) {
        return transactions.findValuesAsText("kind").stream().anyMatch(k -> k.endsWith(kind));
    }

    private static boolean isUnique(JsonNode printer) {
        Set<String> labels = new HashSet<>();
        for (JsonNode part : printer.path("parts")) {
            if (!labels.add(part.path("label").asText().replaceFirst("\\..*", ""))) {
                return false;
            }
        }
        return true;
    }

    private static Amount amount(JsonNode text) {
        return text.isTextual() ? Amount.parse(text.asText()) : Amount.ZERO;
    }

    private static void require(ArrayNode faults, boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
