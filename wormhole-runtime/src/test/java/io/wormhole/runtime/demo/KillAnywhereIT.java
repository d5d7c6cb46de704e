package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.protocol.ledger.Amount;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job with {@code kill -9} at any moment, in real processes. */
@Timeout(900)
@Order(1) // It takes the longest, so it begins first.
final class KillAnywhereIT {
    private static final int KILLS = Integer.getInteger("wormhole.kills", 20);
    private static final int CUPS = 6;
    private static final int MOST_ORDERS = 12;
    private static final Amount DEPOSIT = Amount.parse("20");

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    @TempDir private Path root = Path.of("");
    private Site site;
    private Stage stage;
    private Patient patient;
    private long seed;

    /** An order that was made, with the channel that paid for it. */
    private record Made(String channel, String order) {}

    @BeforeEach
    void startEverything() throws IOException {
        String given = System.getProperty("wormhole.seed", "");
        seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        out.println("KillAnywhereIT: -Dwormhole.seed=" + seed);
        site = new Site(root);
        stage = new Stage(site, root);
        patient = new Patient(site, out);
        site.prepare(new Shell(out, true), false);
        stage.start("acme");
        stage.start("bob");
        stage.awaitUp("acme");
        stage.awaitUp("bob");
    }

    @AfterEach
    void stopEverything() {
        stage.close();
    }

    @Test
    void ordersCompleteAndMoneyAddsUpWhateverIsKilledWhen() throws Exception {
        Ledger before = Ledger.of(site, patient, "bob");
        String definition = site.line(stage.startPrinter()).toString();
        String isa = Cups.buildPackage(site, out);

        List<Made> made = new ArrayList<>();
        try (Killer killer = new Killer(stage, seed, KILLS, out)) {
            killer.start();
            patient.ask("acme", "line", "deploy", definition, "--claim");
            patient.awaitName();
            while (!killer.isDone() && made.size() < MOST_ORDERS) {
                made.add(order(isa));
                out.printf("order %d made, %d kills%n", made.size(), killer.kills());
            }
            killer.finish();
            assertThat(killer.trouble()).isEmpty();
            assertThat(killer.kills()).isGreaterThanOrEqualTo(KILLS);
        }

        made.forEach(this::requirePaidExactly);
        long paid = Amount.parse(Site.PRICE).times((long) CUPS * made.size()).baseUnits();
        assertThat(Ledger.of(site, patient, "bob").balanceAndFees())
                .isEqualTo(before.balanceAndFees() - paid);
        Cups.requireEachPrintedOnce(stage.printer(), made.size() * CUPS);
    }

    private Made order(String isa) {
        String channel = patient.openChannel(DEPOSIT.toString());
        String order = patient.placeOrder(channel, isa, CUPS);
        JsonNode over =
                patient.until(
                        "bob",
                        seen ->
                                Set.of("complete", "stopped", "refused")
                                        .contains(Patient.phase(seen)),
                        "order",
                        "show",
                        order);
        assertThat(over.path("phase").asText()).as(over.toString()).isEqualTo("complete");
        patient.close(channel);
        return new Made(channel, order);
    }

    private void requirePaidExactly(Made made) {
        JsonNode acme = patient.ask("acme", "channel", "show", made.channel()).path("payouts");
        JsonNode bob = patient.ask("bob", "channel", "show", made.channel()).path("payouts");
        Amount due = Amount.parse(Site.PRICE).times(CUPS);
        assertThat(acme).as("both sides agree on the payouts").isEqualTo(bob);
        assertThat(Amount.parse(bob.path(1).asText())).as("no cup is paid twice").isEqualTo(due);
        assertThat(Amount.parse(bob.path(0).asText()).plus(due))
                .as("payouts are the deposit")
                .isEqualTo(DEPOSIT);
        JsonNode order = patient.ask("bob", "order", "show", made.order());
        assertThat(order.path("delivered").asInt()).isEqualTo(CUPS);
    }
}
