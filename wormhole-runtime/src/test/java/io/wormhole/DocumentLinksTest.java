package io.wormhole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents lead to each other and nowhere into the void. */
final class DocumentLinksTest {
    private static final Path DOCUMENTS = Path.of("../docs");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void everyLinkBetweenDocumentsLeadsToAFile() throws IOException {
        Set<String> broken = new TreeSet<>();

        try (Stream<Path> documents = Files.walk(DOCUMENTS)) {
            for (Path document :
                    documents.filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher link = LINK.matcher(Files.readString(document));
                while (link.find()) {
                    if (!Files.exists(document.resolveSibling(link.group(1)))) {
                        broken.add(document + " → " + link.group(1));
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void theIndexOfTheProtocolNamesEachOfItsPages() throws IOException {
        String index = Files.readString(DOCUMENTS.resolve("protocol/README.md"));

        try (Stream<Path> pages = Files.list(DOCUMENTS.resolve("protocol"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .filteredOn(page -> page.endsWith(".md") && !page.equals("README.md"))
                    .allSatisfy(page -> assertThat(index).contains("(" + page + ")"));
        }
    }
}
