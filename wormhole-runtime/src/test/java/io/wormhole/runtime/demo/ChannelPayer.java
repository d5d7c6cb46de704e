package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.cli.CommandFailed;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.client.NodeRefused;
import io.wormhole.runtime.client.WormholeClient;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Pays again and again in one channel while nodes die: asks for each payment until it is told
 * whether it is made, and counts what it was told.
 */
final class ChannelPayer implements Runnable {
    /** How it pays. */
    enum Way {
        /** By command, under a name. */
        COMMAND,
        /** By the Java API, under a name. */
        PROGRAM,
        /** By command, an invoice of the other side. */
        INVOICE
    }

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String PAID = "paid";
    private static final int UNAUTHORISED = 401;
    private static final int LATE = 504;

    private final Site site;
    private final String channel;
    private final String from;
    private final Way way;
    private final Patient patient;
    private final Thread thread;
    private final List<String> paidInvoices = new ArrayList<>();
    private final List<String> unpaidInvoices = new ArrayList<>();
    private volatile boolean stopping;
    private volatile String trouble = "";
    private long paid;
    private int payments;
    private int refused;

    ChannelPayer(Site site, String channel, String from, Way way) {
        this.site = site;
        this.channel = channel;
        this.from = from;
        this.way = way;
        this.patient = new Patient(site, new PrintWriter(Writer.nullWriter()));
        this.thread = new Thread(this, from + " pays by " + way);
    }

    void start() {
        thread.start();
    }

    /** Returns when the last payment is told of. */
    void finish() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    String from() {
        return from;
    }

    /** What it was told to have paid, in base units. */
    long paid() {
        return paid;
    }

    /** What no payer should be told. */
    String trouble() {
        return trouble;
    }

    @Override
    public void run() {
        try {
            for (int i = 1; !stopping; i++) {
                Amount amount = Amount.of(1_000_000L + i);
                if (pays(amount, way + "-" + i)) {
                    paid += amount.baseUnits();
                    payments++;
                } else {
                    refused++;
                }
            }
        } catch (RuntimeException unexpected) {
            trouble = unexpected.toString();
        }
    }

    private boolean pays(Amount amount, String name) {
        return switch (way) {
            case COMMAND -> payByCommand(amount, name);
            case PROGRAM -> payByProgram(amount, name);
            case INVOICE -> payInvoice(amount);
        };
    }

    private boolean payByCommand(Amount amount, String name) {
        return untilTold("channel", "pay", channel, "--amount", amount.toString(), "--name", name);
    }

    private boolean payInvoice(Amount amount) {
        String payee = from.equals("bob") ? "acme" : "bob";
        JsonNode invoice = patient.ask(payee, "channel", "request", amount.toString());
        boolean made = untilTold("channel", "pay", invoice.path("invoice").asText());
        (made ? paidInvoices : unpaidInvoices).add(invoice.path("hash").asText());
        return made;
    }

    private boolean untilTold(String... command) {
        try {
            patient.ask(from, command);
            return true;
        } catch (CommandFailed answer) {
            if (answer.exitCode() == CommandFailed.REFUSED) {
                return false;
            }
            throw answer;
        }
    }

    private boolean payByProgram(Amount amount, String name) {
        JsonNode told =
                Waiting.until(
                        name,
                        PATIENCE,
                        () -> Json.object().put("told", tried(amount, name)),
                        answer -> !answer.path("told").asText().isEmpty());
        return told.path("told").asText().equals(PAID);
    }

    // Empty: nobody knows, so it is asked again.
    private String tried(Amount amount, String name) {
        try {
            WormholeClient.ofData(site.data(from))
                    .pay(new ChannelId(Hash.ofHex(channel)), amount, name)
                    .toCompletableFuture()
                    .join();
            return PAID;
        } catch (IOException notUp) {
            return "";
        } catch (CompletionException failed) {
            return failed.getCause() instanceof NodeRefused answer
                            && answer.status() != LATE
                            && answer.status() != UNAUTHORISED
                    ? definitely(answer)
                    : "";
        }
    }

    private static String definitely(NodeRefused answer) {
        if (answer.code().equals("channel-refused")) {
            return String.valueOf(answer.getMessage());
        }
        throw answer;
    }

    /** What became of each invoice is the same for both. */
    void requireSameOnBothSides(Patient asker) {
        String payee = from.equals("bob") ? "acme" : "bob";
        for (String hash : paidInvoices) {
            become(asker, "paid", from, "payments", hash);
            become(asker, "paid", payee, "invoice", hash);
        }
        for (String hash : unpaidInvoices) {
            String state = asker.ask(payee, "channel", "invoice", hash).path("state").asText();
            assertThat(state).as(hash).isIn("open", "expired");
        }
    }

    // The payer may know first.
    private static void become(
            Patient asker, String state, String who, String command, String hash) {
        asker.until(
                who, seen -> seen.path("state").asText().equals(state), "channel", command, hash);
    }

    @Override
    public String toString() {
        return "%s by %s: %d payments, %d refused %s"
                .formatted(from, way, payments, refused, trouble);
    }
}
