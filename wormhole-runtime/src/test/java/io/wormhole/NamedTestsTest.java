package io.wormhole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wherever a document names a test that shows what it says, there is such a test. */
class NamedTestsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z]\\w*(?:Test|IT|Properties))\\.(\\w+)`");

    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();

        for (Path document : files(ROOT.resolve("docs"), ".md")) {
            Matcher names = NAMED.matcher(Files.readString(document));
            while (names.find()) {
                String source = sources.getOrDefault(names.group(1), "");
                if (!source.contains("void " + names.group(2) + "(")) {
                    missing.add(document.getFileName() + ": " + names.group());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    /** The tables of attacks and of edges are there, each line with its test. */
    @ParameterizedTest
    @CsvSource({"protocol/security.md, 30", "protocol/transactions.md, 40"})
    void theTablesNameTheirTests(String document, int atLeast) throws IOException {
        Matcher names = NAMED.matcher(Files.readString(ROOT.resolve("docs").resolve(document)));

        assertThat(names.results().count()).isGreaterThan(atLeast);
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path tests = module.resolve("src/test/java");
                for (Path file :
                        Files.isDirectory(tests) ? files(tests, ".java") : List.<Path>of()) {
                    String name = String.valueOf(file.getFileName()).replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> each.toString().endsWith(ending)).sorted().toList();
        }
    }
}
