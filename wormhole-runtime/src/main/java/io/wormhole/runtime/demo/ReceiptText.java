package io.wormhole.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.ledger.Amount;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A receipt for people: the same facts as its JSON, one a line. */
public final class ReceiptText {
    private static final double NM_PER_MM = 1e6;
    private static final int AXES = 3;

    private ReceiptText() {}

    /** The receipt as lines of text, each ended. */
    public static String of(JsonNode receipt) {
        return """

        Receipt
          order    %s at %s: %d cups, %s DSD
          channel  %s: %s DSD back to bob, %s DSD to acme
          bob      %s DSD before, %s DSD after
          acme     %s DSD before, %s DSD after (acme also mines)
        %s  printer  %s
        %s"""
                .formatted(
                        receipt.path("order").asText(),
                        receipt.path("line").asText(),
                        receipt.path("cups").asInt(),
                        receipt.path("paid").asText(),
                        receipt.path("channel").asText(),
                        receipt.path("payouts").path(0).asText(),
                        receipt.path("payouts").path(1).asText(),
                        dsd(receipt.path("balancesBefore").path("bob")),
                        dsd(receipt.path("balancesAfter").path("bob")),
                        dsd(receipt.path("balancesBefore").path("acme")),
                        dsd(receipt.path("balancesAfter").path("acme")),
                        StreamSupport.stream(receipt.path("transactions").spliterator(), false)
                                .map(ReceiptText::transaction)
                                .collect(Collectors.joining()),
                        printer(receipt.path("printer")),
                        restarts(receipt.path("restartsOfWorker").asInt()));
    }

    private static String restarts(int count) {
        return count == 0 ? "" : "  worker   crashed and was restarted, %d×%n".formatted(count);
    }

    private static Amount dsd(JsonNode baseUnits) {
        return Amount.of(baseUnits.asLong());
    }

    private static String transaction(JsonNode transaction) {
        return "  block    %d: %s %s, fee %s DSD, %s%n"
                .formatted(
                        transaction.path("height").asLong(),
                        transaction.path("kind").asText(),
                        transaction.path("transaction").asText(),
                        dsd(transaction.path("feeBaseUnits")),
                        transaction.path("verifiedByCustomer").asBoolean()
                                ? "its proof verified by bob's node"
                                : "NOT proven to bob's node");
    }

    private static String printer(JsonNode printer) {
        JsonNode last = printer.path("lastPart");
        return String.format(
                Locale.ROOT,
                "%d parts made of %.2f m of filament from %d lines of G-code, %d of them resent;"
                        + " the last has %d layers and measures %s mm",
                printer.path("partsCompleted").asInt(),
                printer.path("extrudedNm").asLong() / NM_PER_MM / 1000,
                printer.path("linesReceived").asLong(),
                printer.path("resendsAsked").asLong(),
                last.path("layers").asInt(),
                size(last.path("boundsNm")));
    }

    private static String size(JsonNode bounds) {
        return String.format(
                Locale.ROOT,
                "%.1f × %.1f × %.1f",
                side(bounds, 0),
                side(bounds, 1),
                side(bounds, 2));
    }

    private static double side(JsonNode bounds, int axis) {
        return (bounds.path(axis + AXES).asLong() - bounds.path(axis).asLong()) / NM_PER_MM;
    }
}
