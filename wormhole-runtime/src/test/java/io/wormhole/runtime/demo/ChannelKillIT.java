package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.runtime.cli.Waiting;
import io.wormhole.runtime.demo.ChannelPayer.Way;
import io.wormhole.runtime.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of either of two nodes, or both, at random moments while both pay each other in
 * one channel; {@code -Dwormhole.kills=N} kills N times, {@code -Dwormhole.short-locks=true} lets a
 * node close alone when it was dead for too long.
 */
@Timeout(900)
final class ChannelKillIT {
    private static final int KILLS = Integer.getInteger("wormhole.kills", 2);
    private static final int LONGEST_PAUSE_MILLIS = 1_500;
    // A node that is killed again and again may not come to redeem a lock of the usual length
    // before it expires, and has to close alone.
    private static final boolean SHORT_LOCKS = Boolean.getBoolean("wormhole.short-locks");
    private static final String LONG_LOCKS = "wormhole.payments.open-blocks = 20000\n";
    private static final Amount DEPOSIT = Amount.parse("400");
    private static final String FIRST_PAID = "200";

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @TempDir private Path root = Path.of("");
    private Site site;
    private Stage stage;
    private Patient patient;
    private long seed;

    @BeforeEach
    void startBoth() throws IOException {
        String given = System.getProperty("wormhole.seed", "");
        seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        out.println("ChannelKillIT: -Dwormhole.seed=" + seed);
        site = new Site(root);
        stage = new Stage(site, root);
        patient = new Patient(site, out);
        site.prepare(new Shell(out, true), false);
        if (!SHORT_LOCKS) {
            for (String who : List.of("acme", "bob")) {
                Files.writeString(site.config(who), LONG_LOCKS, StandardOpenOption.APPEND);
            }
        }
        stage.start("acme");
        stage.start("bob");
        stage.awaitUp("acme");
        stage.awaitUp("bob");
    }

    @AfterEach
    void stopBoth() {
        stage.close();
    }

    @Test
    void noPaymentIsLostOrMadeTwiceWhoeverIsKilledWhen() throws Exception {
        Ledger before = Ledger.of(site, patient, "bob");
        patient.ask("acme", "name", "claim", Site.LINE);
        patient.awaitName();
        String channel = patient.openChannel(DEPOSIT.toString());
        patient.ask("bob", "channel", "pay", channel, "--amount", FIRST_PAID, "--name", "first");

        List<ChannelPayer> payers = new ArrayList<>();
        for (Way way : Way.values()) {
            payers.add(new ChannelPayer(site, channel, "acme", way));
            payers.add(new ChannelPayer(site, channel, "bob", way));
        }
        try (Killer killer = new Killer(stage, seed, KILLS, out).pausing(LONGEST_PAUSE_MILLIS)) {
            killer.start();
            payers.forEach(ChannelPayer::start);
            Waiting.until(
                    "the kills",
                    Duration.ofMinutes(14),
                    () -> Json.object().put("over", killer.isDone()),
                    seen -> seen.path("over").asBoolean());
            killer.finish();
            assertThat(killer.trouble()).isEmpty();
        } finally {
            payers.forEach(ChannelPayer::finish);
        }

        payers.forEach(payer -> out.println(payer));
        payers.forEach(payer -> assertThat(payer.trouble()).as(payer.toString()).isEmpty());
        Amount due = due(payers);
        closes(channel, due);
        payers.forEach(payer -> payer.requireSameOnBothSides(patient));
        assertThat(Ledger.of(site, patient, "bob").balanceAndFees())
                .as("bob's money on the chain")
                .isEqualTo(before.balanceAndFees() - due.baseUnits());
    }

    /** What acme has by all that the payers were told. */
    private static Amount due(List<ChannelPayer> payers) {
        long due = Amount.parse(FIRST_PAID).baseUnits();
        for (ChannelPayer payer : payers) {
            due += payer.from().equals("bob") ? payer.paid() : -payer.paid();
        }
        return Amount.of(due);
    }

    // What the payers were told is what both sides have, to the last base unit.
    private void closes(String channel, Amount due) {
        JsonNode bob = quiet("bob", channel);
        JsonNode acme = quiet("acme", channel);
        if (bob.path("phase").asText().equals("open")) {
            assertThat(acme.path("nonce")).isEqualTo(bob.path("nonce"));
            requireDivided(acme.path("balances"), due);
            requireDivided(bob.path("balances"), due);
            patient.close(channel);
        } else {
            assertThat(SHORT_LOCKS).as(bob.toString()).isTrue();
            out.println("closed alone");
        }
        for (String who : List.of("acme", "bob")) {
            JsonNode closed = patient.ask(who, "channel", "show", channel);
            requireDivided(closed.path("payouts"), due);
        }
    }

    // In the same state on both sides, or over.
    private JsonNode quiet(String who, String channel) {
        return patient.until(
                who,
                seen ->
                        Patient.phase(seen).equals("closed")
                                || (Patient.phase(seen).equals("open")
                                        && seen.path("locks").isEmpty()
                                        && !seen.path("offerPending").asBoolean()
                                        && !seen.path("waitingForPartner").asBoolean()),
                "channel",
                "show",
                channel);
    }

    private static void requireDivided(JsonNode amounts, Amount due) {
        assertThat(amounts.path(0).asText())
                .as("bob's side")
                .isEqualTo(DEPOSIT.minus(due).toString());
        assertThat(amounts.path(1).asText()).as("acme's side").isEqualTo(due.toString());
    }
}
