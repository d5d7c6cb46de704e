package io.wormhole;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.wormhole.runtime.node.NodeConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of settings in the operator's handbook is that of the program. */
final class SettingsDocumentTest {
    private static final Path HANDBOOK = Path.of("../docs/operating.md");
    private static final File DEFAULTS = new File("src/main/resources/reference.conf");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(wormhole\\.[^`]+)` \\| `([^`]*)` \\|");

    @Test
    void theHandbookListsEverySettingWithItsDefaultAndNoOther() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(HANDBOOK)) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                documented.put(row.group(1), row.group(2));
            }
        }

        Map<String, String> defaults = new TreeMap<>();
        Config wormhole = ConfigFactory.parseFile(DEFAULTS).getConfig("wormhole");
        wormhole.entrySet()
                .forEach(
                        entry ->
                                defaults.put(
                                        "wormhole." + entry.getKey(),
                                        String.valueOf(entry.getValue().unwrapped())));

        assertThat(documented).isEqualTo(defaults);
    }

    @Test
    void theDefaultsAreSettingsThatTheProgramAccepts() {
        Config defaults = ConfigFactory.parseFile(DEFAULTS).resolve();

        assertThat(NodeConfig.of(defaults).roles()).isEmpty();
    }
}
