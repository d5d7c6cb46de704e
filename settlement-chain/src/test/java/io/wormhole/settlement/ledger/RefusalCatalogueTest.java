package io.wormhole.settlement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.oracle.rules.QuestionRefusal;
import io.wormhole.settlement.consensus.Outcome;
import io.wormhole.settlement.mempool.Admission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document of refusals names every code once and no other. */
class RefusalCatalogueTest {
    private static final Path DOCUMENT = Path.of("../docs/protocol/refusals.md");
    private static final List<String> OF_THE_POOL =
            List.of("bad-signature", "unknown-validator", "wrong-epoch");

    private static String code(Class<?> refusal) {
        return refusal.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    @Test
    void everyCodeIsInTheDocumentAndNoOther() throws IOException {
        TreeSet<String> documented = new TreeSet<>();
        Matcher row =
                Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE)
                        .matcher(Files.readString(DOCUMENT));
        while (row.find()) {
            assertThat(documented.add(row.group(1))).as("once: %s", row.group(1)).isTrue();
        }
        TreeSet<String> expected = new TreeSet<>(OF_THE_POOL);
        Stream.of(Refusal.class, NameRefusal.class, ChannelRefusal.class)
                .flatMap(catalogue -> Arrays.stream(catalogue.getPermittedSubclasses()))
                .filter(type -> !type.isInterface())
                .filter(type -> !type.getSimpleName().endsWith("Refused"))
                .forEach(type -> expected.add(code(type)));
        Arrays.stream(QuestionRefusal.class.getPermittedSubclasses())
                .forEach(type -> expected.add("oracle-" + code(type)));
        Arrays.stream(Outcome.Reason.values())
                .forEach(reason -> expected.add("finality-" + reason.id()));
        expected.addAll(
                List.of(
                        new Admission.SenderFull(1).code(),
                        new Admission.TooManyVotes(1).code(),
                        "nonce-used",
                        "nonce-too-far",
                        "replacement-too-cheap",
                        "insufficient-funds",
                        "pool-full"));

        assertThat(documented).isEqualTo(expected);
    }
}
