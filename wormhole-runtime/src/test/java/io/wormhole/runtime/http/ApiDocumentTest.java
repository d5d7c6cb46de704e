package io.wormhole.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.runtime.fixtures.RunningNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The document that is served tells of exactly the routes that there are. */
@Timeout(120)
final class ApiDocumentTest {
    private static final Path DOCUMENT = Path.of("src/main/resources/console/openapi.yaml");
    private static final Pattern PATH = Pattern.compile("^ {2}(/.*):$");
    private static final Pattern METHOD = Pattern.compile("^ {4}(get|post|put|delete):$");
    private static final Pattern SEGMENT =
            Pattern.compile("\\b(?:path|pathPrefix|segment|slash|shows|orders)\\(\\s*\"([^\"]+)\"");

    @TempDir static Path directory = Path.of(".");
    private static RunningNode node;
    private static Map<String, Set<String>> documented;

    @BeforeAll
    static void start() throws IOException {
        node = RunningNode.start(directory);
        documented = documented();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> paths = new TreeMap<>();
        Set<String> methods = new TreeSet<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher path = PATH.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (path.matches()) {
                methods = new TreeSet<>();
                paths.put(path.group(1), methods);
            } else if (method.matches()) {
                methods.add(method.group(1).toUpperCase(Locale.ROOT));
            }
        }
        return paths;
    }

    private static String example(String path) {
        return path.replace("{id}", "0".repeat(64))
                .replace("{address}", "me")
                .replace("{height}", "0");
    }

    @Test
    void theServerAllowsExactlyTheMethodsOfTheDocumentOnEachOfItsPaths() throws Exception {
        for (Map.Entry<String, Set<String>> path : documented.entrySet()) {
            HttpResponse<String> response =
                    node.send(node.request(example(path.getKey())).DELETE());

            assertThat(response.statusCode()).as(path.getKey()).isEqualTo(405);
            assertThat(response.body())
                    .as(path.getKey())
                    .contains("allowed here: " + path.getValue());
        }
    }

    @Test
    void eachPathOfTheDocumentAsksForTheTokenUnlessItSaysThatItIsOpen() throws Exception {
        for (String path : documented.keySet()) {
            HttpResponse<String> response =
                    node.send(HttpRequest.newBuilder(node.uri(example(path))).GET());

            assertThat(response.statusCode())
                    .as(path)
                    .isEqualTo(path.startsWith("/v1/") ? 401 : 200);
        }
    }

    @Test
    void aBlockIsFoundByItsHashAsByItsHeight() throws Exception {
        String block = node.get("/v1/blocks/0").body();
        String hash = Json.parse(block).path("hash").asText();

        assertThat(node.get("/v1/blocks/" + hash).body()).isEqualTo(block);
        assertThat(node.get("/v1/blocks/" + hash.toUpperCase(Locale.ROOT)).body()).isEqualTo(block);
    }

    @Test
    void eachSegmentOfTheRoutesIsInTheDocument() throws IOException {
        Path sources = Path.of("src/main/java/io/wormhole/runtime/http");
        Set<String> segments = new TreeSet<>();

        try (Stream<Path> files = Files.list(sources)) {
            List<Path> routing =
                    files.filter(file -> file.toString().matches(".*(Api|ApiServer).java"))
                            .toList();
            for (Path file : routing) {
                Matcher found = SEGMENT.matcher(Files.readString(file));
                while (found.find()) {
                    segments.add(found.group(1));
                }
            }
        }

        Set<String> inDocument = new TreeSet<>();
        documented.keySet().forEach(path -> inDocument.addAll(List.of(path.split("/", -1))));
        assertThat(segments).hasSizeGreaterThan(15);
        assertThat(inDocument).containsAll(segments);
    }

    @Test
    void thePageAndItsFilesAreServedWithAPolicyThatAllowsNothingFromElsewhere() throws Exception {
        for (String path : Set.of("/", "/console.js", "/console.css", "/openapi.yaml")) {
            HttpResponse<String> response = node.get(path);

            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'");
        }
        assertThat(node.get("/").body()).doesNotContain("https://").contains("console.js");
    }
}
