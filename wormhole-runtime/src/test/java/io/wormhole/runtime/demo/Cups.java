package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The cups that tests order, and what a printer must say of them. */
final class Cups {
    private static final Path GCODE = Path.of("..", "examples", "cup", "cup.gcode");

    private Cups() {}

    /** Builds bob's package; returns its file. */
    static String buildPackage(Site site, PrintWriter log) {
        String isa = site.file("cup.isa").toString();
        new Shell(log, true)
                .run(
                        "isa",
                        "build",
                        "--gcode",
                        GCODE.toString(),
                        "--price",
                        Site.PRICE,
                        "--out",
                        isa,
                        "--keys",
                        site.keys("bob").toString(),
                        "--password-file",
                        site.password("bob").toString(),
                        "--network",
                        site.network().toString());
        return isa;
    }

    /** No cup came off the printer twice, and none is missing. */
    static void requireEachPrintedOnce(JsonNode printer, int cups) {
        Set<String> labels = new HashSet<>();
        for (JsonNode part : printer.path("parts")) {
            String withoutAttempt = part.path("label").asText().replaceFirst("\\..*", "");
            assertThat(labels.add(withoutAttempt)).as("printed twice: " + part).isTrue();
        }
        assertThat(printer.path("partsCompleted").asInt()).isEqualTo(cups);
    }
}
